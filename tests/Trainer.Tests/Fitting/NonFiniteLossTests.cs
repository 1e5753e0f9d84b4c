using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>A loss that is no number any more stops the training, says where, and leaves the last good epoch.</summary>
public class NonFiniteLossTests
{
    private const int BadText = 7;

    private static readonly StepPlace Place = new(Epoch: 3, Step: 17, Steps: 704, LearningRate: 0.001, IsKept: false);

    private TemporaryFolder _temporary = null!;

    private string Folder => _temporary.Path;

    private string StateFile => Path.Combine(Folder, "network.safetensors");

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    [Test]
    public void Train_TargetOfOneTextIsNoNumber_NamesStepRateAndTexts()
    {
        var (data, observer) = GoingBadAfter(epochs: 0);
        var error = Assert.Throws<InvalidInputException>(
            () => SentimentTrainer.Train(TinyData.Recipe, data, Folder, observer))!;

        Assert.That(error.Message, Does.Match(@"NaN in step \d+ of 12 of epoch 1, at learning_rate 0.002, "));
        Assert.That(error.Message, Does.Match(@"on line \d+, line \d+, line \d+ and \d+ more texts: "));
        Assert.That(error.Message, Does.EndWith("a lower learning_rate, or gradient_clip=1."));
        Assert.That(File.Exists(StateFile), Is.False);
    }

    // The step that fails has not set its rate yet.
    [Test]
    public void Train_FirstStepFails_NamesTheRecipesRate()
    {
        var data = Named();
        var recipe = TinyData.Recipe.With("learning_rate=0.0625");
        data = data with
        {
            Train =
            data.Train with { Targets = [.. data.Train.Targets.Select(_ => (float[])[float.NaN])] }
        };
        Assert.That(
            () => SentimentTrainer.Train(recipe, data),
            Throws.InstanceOf<InvalidInputException>().With.Message.StartsWith(
                "The loss became NaN in step 1 of 12 of epoch 1, at learning_rate 0.0625, "));
    }

    [Test]
    public void Train_LaterEpochFails_NamesTheRateOfTheScheduleAtThatStep()
    {
        var (data, observer) = GoingBadAfter(epochs: 2);
        var recipe = TinyData.Recipe.With("schedule=cosine");
        var error =
            Assert.Throws<InvalidInputException>(() => SentimentTrainer.Train(recipe, data, observer: observer))!;

        var place = Regex.Match(
            error.Message, @"in step (\d+) of 12 of epoch 3, at learning_rate ([\d.e-]+), ", RegexOptions.IgnoreCase);
        Assert.That(place.Success, error.Message);
        var step = (2 * 12) + int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) - 1;
        var rate = 0.002 * (1 + Math.Cos(Math.PI * step / (4 * 12))) / 2;
        Assert.That(double.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture), Is.EqualTo(rate).Within(1e-12));
    }

    [Test]
    public void Train_StoppedInEpoch3_ContinuesFromEpoch2ToTheWeightsOfATrainingWithoutTheStop()
    {
        var (data, observer) = GoingBadAfter(epochs: 2);
        var error = Assert.Throws<InvalidInputException>(
            () => SentimentTrainer.Train(TinyData.Recipe, data, Folder, observer))!;
        Assert.That(
            error.Message, Does.Contain("of epoch 3").And.Contain("Epoch 2 is kept: --resume goes on from there"));

        var continued = SentimentTrainer.Train(TinyData.Recipe, Named(), Folder);

        var expected = SentimentTrainer.Train(TinyData.Recipe, Named());
        Assert.That(continued.History.Epochs.Select(e => e.ValidationLoss),
            Is.EqualTo(expected.History.Epochs.Select(e => e.ValidationLoss)));
        Assert.That(Embedding(continued), Is.EqualTo(Embedding(expected)));
    }

    [Test]
    public void Train_ContinuedWithAnotherRate_UsesItFromThereOn()
    {
        var (data, observer) = GoingBadAfter(epochs: 2);
        Assert.Throws<InvalidInputException>(() => SentimentTrainer.Train(TinyData.Recipe, data, Folder, observer));

        var gentler = TinyData.Recipe.With("learning_rate=0.0005").With("gradient_clip=0.5");
        var continued = SentimentTrainer.Train(gentler, Named(), Folder);

        Assert.That(
            continued.History.Epochs.Select(e => e.LearningRate), Is.EqualTo(new[] { 0.002, 0.002, 0.0005, 0.0005 }));
        Assert.That(continued.Checkpoint.Config.Training!["learning_rate"]!.GetValue<double>(), Is.EqualTo(0.0005));
    }

    [Test]
    public void InStep_WeightsBrokenByTheStepBefore_BlamesThatOnesTexts()
    {
        var message = NonFiniteLoss.InStep(double.NaN, Place, ["a", "b"], ["c", "d", "e", "f"]).Message;
        Assert.That(
            message,
            Is.EqualTo(
            "The loss became NaN in step 17 of 704 of epoch 3, at learning_rate 0.001, because the step before it, " +
            "on c, d, e and 1 more texts, left weights that are not finite: try a lower learning_rate, or " +
            "gradient_clip=1."));
    }

    [Test]
    public void InValidation_EpochBeforeIsKept_SaysHowToContinue()
    {
        var message = NonFiniteLoss.InValidation(double.PositiveInfinity, Place with { IsKept = true }).Message;
        Assert.That(
            message, Does.StartWith("The validation loss became Infinity after epoch 3, at learning_rate 0.001: ")
            .And.Contain("Epoch 2 is kept"));
    }

    private static byte[] Embedding(TrainingResult result) =>
        result.Checkpoint.Weights[WeightNames.Embedding].Data.ToArray();

    private static TrainingData Named()
    {
        var texts = TinyData.Dataset.Train.Select((text, i) => text with { Id = $"line {i + 2}" }).ToList();
        return TrainingData.Prepare(Dataset.Create("named", texts, TinyData.Dataset.Test), TinyData.Recipe);
    }

    // The same texts, ids and hash; one target becomes NaN when so many epochs have been finished.
    private static (TrainingData Data, ITrainingObserver Observer) GoingBadAfter(int epochs)
    {
        var data = Named();
        var targets = new Targets(data.Train.Targets) { AreBad = epochs == 0 };
        return (data with { Train = data.Train with { Targets = targets } }, new Switch(targets, epochs));
    }

    private sealed class Targets(IReadOnlyList<float[]> good) : IReadOnlyList<float[]>
    {
        public bool AreBad { get; set; }

        public int Count => good.Count;

        public float[] this[int index] => AreBad && index == BadText ? [float.NaN] : good[index];

        public IEnumerator<float[]> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Switch(Targets targets, int epochs) : ITrainingObserver
    {
        public void OnEpoch(TrainingHistory history) => targets.AreBad = history.Epochs.Count >= epochs;
    }
}
