using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

public class SentimentTrainerTests
{
    // With two teachers on the labeled texts, one that learns from soft labels too, and the last network.
    private static readonly TrainingRecipe PseudoLabeling = TinyData.Recipe.With(
        "vector_epochs=1", "teacher_rounds=2", "teacher_networks=2", "teacher_epochs=4", "averaging=0.9");

    private static readonly Lazy<TrainingResult> Plain =
        new(() => SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare()));

    private static readonly Lazy<TrainingResult> PseudoLabeled =
        new(() => SentimentTrainer.Train(PseudoLabeling, TinyData.PrepareWithUnlabeled(PseudoLabeling)));

    private TemporaryFolder _temporary = null!;

    private string Folder => _temporary.Path;

    private string StateFile => Path.Combine(Folder, "network.safetensors");

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    [Test]
    public void Train_SameSeedTwice_GivesTheSameWeights()
    {
        var second = SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare());
        Assert.That(WeightBytes(second), Is.EqualTo(WeightBytes(Plain.Value)));
    }

    [Test]
    public void InitialWeights_OfARecipe_AreThoseThatItsTrainingStartsFrom()
    {
        // Adam moves a weight by about the rate in a step; so these are the first weights but for the rounding.
        var recipe = TinyData.Recipe.With("epochs=1", "learning_rate=1e-9");
        var initial = SentimentTrainer.InitialWeights(recipe, TinyData.Prepare());
        var trained = SentimentTrainer.Train(recipe, TinyData.Prepare()).Checkpoint.Weights;
        foreach (var (name, tensor) in trained)
        {
            Assert.That(
                initial[name].AsFloats().ToArray(), Is.EqualTo(tensor.AsFloats().ToArray()).Within(1e-6f), name);
        }
    }

    [Test]
    public void Train_AnotherSeed_GivesOtherWeights()
    {
        var recipe = TinyData.Recipe.With("seed=2");
        var second = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe));
        Assert.That(WeightBytes(second), Is.Not.EqualTo(WeightBytes(Plain.Value)));
    }

    // Interrupted within epoch 1 nothing is kept; within 2 and 4 the epochs before are.
    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(4, 3)]
    public void Train_InterruptedAndContinued_GivesTheWeightsOfAnUninterruptedRun(int epoch, int keptEpochs)
    {
        var expected = Plain.Value;
        var observer = new Interrupter(epoch, step: 5);
        Assert.That(
            () => SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder, observer, observer.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(StateFile), Is.EqualTo(keptEpochs > 0));

        var counter = new Interrupter(epoch: 0, step: 0);
        var continued = SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder, counter);

        Assert.That(counter.Epochs, Is.EqualTo(4 - keptEpochs), "epochs after the continuation");
        Assert.That(WeightBytes(continued), Is.EqualTo(WeightBytes(expected)));
        Assert.That(Losses(continued), Is.EqualTo(Losses(expected)));
    }

    [Test]
    public void Train_StateOfOtherSettings_IsRefused()
    {
        SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder);
        var recipe = TinyData.Recipe.With("embedding_dropout=0.1");
        Assert.That(
            () => SentimentTrainer.Train(recipe, TinyData.Prepare(recipe), Folder),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("other settings"));
    }

    [Test]
    public void Train_StateOfOtherData_IsRefused()
    {
        SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder);
        var other = ReviewCorpus.Generate(seed: 4, trainCount: 400, testCount: 100);
        Assert.That(
            () => SentimentTrainer.Train(TinyData.Recipe, TrainingData.Prepare(other, TinyData.Recipe), Folder),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("other data"));
    }

    [Test]
    public void Train_DamagedState_IsRefusedByName()
    {
        File.WriteAllText(StateFile, "no state");
        Assert.That(
            () => SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(StateFile));
    }

    [Test]
    public void Train_WithPatience_EndsThatManyEpochsAfterTheBest()
    {
        // At this rate the small network overfits within a few epochs.
        var recipe = TinyData.Recipe.With("epochs=60").With("patience=2").With("learning_rate=0.05");
        var history = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe)).History;
        Assert.That(history.Epochs, Has.Count.LessThan(60));
        Assert.That(history.EpochsSinceBest, Is.EqualTo(2));
    }

    [Test]
    public void Train_BestEpochIsNotTheLast_KeepsTheBestOnesWeights()
    {
        var recipe = TinyData.Recipe.With("epochs=60").With("patience=2").With("learning_rate=0.05");
        var result = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe));
        var shorter = recipe.With($"epochs={result.History.Best!.Epoch}");
        var stoppedThere = SentimentTrainer.Train(shorter, TinyData.Prepare(shorter));
        Assert.That(WeightBytes(result), Is.EqualTo(WeightBytes(stoppedThere)));
    }

    [Test]
    public void Train_RateFarTooHigh_StopsWithTheStepAndTheRate()
    {
        var recipe =
            TinyData.Recipe.With("learning_rate=10").With("gradient_clip=0").With("cell=rnn").With("nonlinearity=relu");
        Assert.That(
            () => SentimentTrainer.Train(recipe, TinyData.Prepare(recipe)),
            Throws.InstanceOf<InvalidInputException>().With.Message.Match(
                @"of epoch \d, at learning_rate 10, .*text \d+, .*try a lower learning_rate"));
    }

    [TestCase("schedule=cosine")]
    [TestCase("averaging=0.9")]
    [TestCase("word_dropout=0.2")]
    [TestCase("embedding_rate=0.1")]
    [TestCase("vector_epochs=1")]
    public void Train_WithASettingOfItsOwn_IsContinuedToTheSameAndIsAnotherTraining(string setting)
    {
        var recipe = TinyData.Recipe.With(setting);
        var expected = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe));
        var observer = new Interrupter(epoch: 3, step: 5);
        Assert.That(
            () => SentimentTrainer.Train(recipe, TinyData.Prepare(recipe), Folder, observer, observer.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var continued = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe), Folder);

        Assert.That(WeightBytes(continued), Is.EqualTo(WeightBytes(expected)));
        Assert.That(WeightBytes(expected), Is.Not.EqualTo(WeightBytes(Plain.Value)));
    }

    // Interrupted in each of the two first teachers, in the one that learns from soft labels, and in the last
    // network.
    [TestCase(2)]
    [TestCase(6)]
    [TestCase(10)]
    [TestCase(14)]
    public void Train_WithUnlabeledInterruptedAndContinued_GivesTheWeightsOfAnUninterruptedRun(int epoch)
    {
        var (recipe, expected) = (PseudoLabeling, PseudoLabeled.Value);
        var observer = new Interrupter(epoch, step: 5);
        Assert.That(
            () => SentimentTrainer.Train(
                recipe, TinyData.PrepareWithUnlabeled(recipe), Folder, observer, observer.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var continued = SentimentTrainer.Train(recipe, TinyData.PrepareWithUnlabeled(recipe), Folder);

        Assert.That(WeightBytes(continued), Is.EqualTo(WeightBytes(expected)));
        Assert.That(expected.History.Epochs, Has.Count.EqualTo(4));
        Assert.That(expected.Checkpoint.Config.Data!.UnlabeledCount, Is.EqualTo(300));
    }

    // What is left then are evaluations.
    [Test]
    public void Train_CancelledAfterTheLastEpoch_EndsAndKeepsAllEpochs()
    {
        var observer = new Canceller { Epoch = 4 };
        Assert.That(
            () => SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder, observer, observer.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var counter = new Interrupter(epoch: 0, step: 0);
        SentimentTrainer.Train(TinyData.Recipe, TinyData.Prepare(), Folder, counter);
        Assert.That(counter.Epochs, Is.Zero, "epochs after the continuation");
    }

    [Test]
    public void Train_CancelledWhileTheNgramClassifierIsFitted_EndsThere()
    {
        var recipe = TinyData.Recipe.With("teacher_rounds=1", "teacher_networks=1", "teacher_epochs=1");
        var observer = new Canceller { Stage = "n-gram classifier" };
        Assert.That(
            () => SentimentTrainer.Train(
                recipe, TinyData.PrepareWithUnlabeled(recipe), Folder, observer, observer.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(observer.LaterStages, Is.Empty);
    }

    [Test]
    public void Save_ThenLoad_HasEveryFileAndTheSameWeights()
    {
        var result = SentimentTrainer.Train(TinyData.Recipe.With("epochs=1"), TinyData.Prepare());
        var folder = Path.Combine(Folder, "checkpoint");
        result.Save(folder);
        Assert.That(
            Directory.GetFiles(folder).Select(Path.GetFileName),
            Is.EquivalentTo(["config.json", "curves.png", "history.json", "vocab.txt", "weights.safetensors"]));
        var loaded = Checkpoint.Load(folder);
        Assert.That(Bytes(loaded.Weights), Is.EqualTo(WeightBytes(result)));
        Assert.That(loaded.Config.Metrics, Does.ContainKey("test_accuracy"));
        Assert.That(loaded.Config.Training!["seed"]!.GetValue<int>(), Is.EqualTo(1));
    }

    private static byte[] WeightBytes(TrainingResult result) => Bytes(result.Checkpoint.Weights);

    private static byte[] Bytes(IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
        using var stream = new MemoryStream();
        new SafetensorsFile { Tensors = weights }.Write(stream);
        return stream.ToArray();
    }

    private static IEnumerable<double> Losses(TrainingResult result) =>
        result.History.Epochs.SelectMany(
            e => new[] { e.TrainLoss, e.TrainAccuracy, e.ValidationLoss, e.ValidationAccuracy });

    /// <summary>Cancels after an epoch, or when it hears of a stage, and notes the stages after that.</summary>
    private sealed class Canceller : ITrainingObserver
    {
        private readonly CancellationTokenSource _source = new();
        private readonly List<string> _later = [];

        internal int Epoch { get; init; }

        internal string Stage { get; init; } = "none";

        internal CancellationToken Token => _source.Token;

        internal IReadOnlyList<string> LaterStages => _later;

        public void OnStage(TrainingStage stage)
        {
            if (_source.IsCancellationRequested)
            {
                _later.Add(stage.Description);
            }
            else if (stage.Description.StartsWith(Stage, StringComparison.Ordinal))
            {
                _source.Cancel();
            }
        }

        public void OnEpoch(TrainingHistory history)
        {
            if (history.Epochs.Count == Epoch)
            {
                _source.Cancel();
            }
        }
    }

    /// <summary>Interrupts a training at one step of one epoch, and counts the epochs that were finished.</summary>
    private sealed class Interrupter(int epoch, int step) : ITrainingObserver
    {
        private readonly CancellationTokenSource _source = new();
        private int _steps;

        internal CancellationToken Token => _source.Token;

        internal int Epochs { get; private set; }

        public void OnStep(TrainingProgress progress)
        {
            if (Epochs + 1 == epoch && ++_steps == step)
            {
                _source.Cancel();
            }
        }

        public void OnEpoch(TrainingHistory history) => Epochs++;
    }
}
