using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

public class VectorStageTests
{
    private static readonly TrainingRecipe Recipe = TinyData.Recipe.With("vector_epochs=1");

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    [Test]
    public void Run_SameRecipeAgain_FindsTheVectors()
    {
        var (first, _) = Run(Recipe, _temporary.Path);
        var (second, stages) = Run(Recipe, _temporary.Path);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(stages, Is.Zero, "learned anew");
    }

    // The texts come in another order, the validation's last, and their order decides what is learned.
    [Test]
    public void Run_AnotherValidationSlice_LearnsAnew()
    {
        Run(Recipe, _temporary.Path);
        var other = Recipe.With("validation_fraction=0.3");
        Assert.That(Run(other, _temporary.Path).Vectors, Is.EqualTo(Run(other, folder: null).Vectors));
    }

    [Test]
    public void Train_VectorRateFarTooHigh_SaysSoAndKeepsNoVectors()
    {
        var recipe =
            TinyData.Recipe.With("vector_epochs=20", "vector_rate=1", "vector_window=100", "vector_subsampling=1");
        Assert.That(
            () => SentimentTrainer.Train(recipe, TinyData.Prepare(recipe), _temporary.Path),
            Throws.InstanceOf<InvalidInputException>().With.Message.Match(
                @"word vectors .*20 passes, at vector_rate 1: try a lower"));
        Assert.That(Directory.EnumerateFiles(_temporary.Path), Is.Empty);
    }

    private static (byte[] Vectors, int Stages) Run(TrainingRecipe recipe, string? folder)
    {
        var observer = new Counter();
        var vectors = TrainingThread.Run(1, () =>
        {
            using var workers = new TorchWorkers(1);
            var context = new TrainingContext(workers, folder, observer, CancellationToken.None);
            return VectorStage.Run(recipe, TinyData.Prepare(recipe), context)!.Data.ToArray();
        });
        return (vectors, observer.Stages);
    }

    private sealed class Counter : ITrainingObserver
    {
        public int Stages { get; private set; }

        public void OnStage(TrainingStage stage) => Stages++;

    }
}
