using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>More than two labels, from the data to the checkpoint: which word a text ends with decides.</summary>
public class ManyLabelsTests
{
    private static readonly string[] Words = ["awful", "weak", "fine", "superb", "perfect"];

    private static readonly Dataset Stars = Dataset.Create("stars", Texts(seed: 1, 500), Texts(seed: 2, 100));

    [Test]
    public void Prepare_Labels_TargetsAreDistributionsInTheirOrder()
    {
        var data = TrainingData.Prepare(Stars, TinyData.Recipe);
        Assert.That(data.Labels, Is.EqualTo(["1", "2", "3", "9", "10"]));
        Assert.That(data.Test.Targets, Has.All.Length.EqualTo(5));
        foreach (var (text, target) in Stars.Test.Zip(data.Test.Targets))
        {
            Assert.That(
                target.Select((p, i) => (p, data.Labels[i])).Single(pair => pair.p != 0), Is.EqualTo((1f, text.Label)));
        }
    }

    [Test]
    public void Prepare_Validation_HasEveryLabel()
    {
        var data = TrainingData.Prepare(Stars, TinyData.Recipe);
        Assert.That(
            data.Validation.Targets.Select(target => Array.IndexOf(target, 1)).Distinct(), Has.Exactly(5).Items);
    }

    [Test]
    public void Train_FiveLabels_LearnsThemAndNamesThem()
    {
        var recipe = TinyData.Recipe.With("epochs=10").With("learning_rate=0.02");
        var result = SentimentTrainer.Train(recipe, TrainingData.Prepare(Stars, recipe));

        Assert.That(result.Checkpoint.Config.Labels, Is.EqualTo(["1", "2", "3", "9", "10"]));
        Assert.That(result.Checkpoint.Weights[WeightNames.Classifier].Shape[0], Is.EqualTo(5));
        Assert.That(result.History.Epochs[0].TrainLoss, Is.EqualTo(Math.Log(5)).Within(0.3),
            "before it has learned, five equal chances");
        Assert.That(result.Checkpoint.Config.Metrics["test_accuracy"], Is.GreaterThan(0.95));
        Assert.That(result.Checkpoint.Config.Metrics["test_loss"], Is.LessThan(0.5));
    }

    [Test]
    public void Evaluate_CheckpointOfATraining_GivesItsMetrics()
    {
        var recipe = TinyData.Recipe.With("epochs=1");
        var data = TrainingData.Prepare(Stars, recipe);
        var checkpoint = SentimentTrainer.Train(recipe, data).Checkpoint;
        using var network = new SentimentNetwork(checkpoint.Config.Model, checkpoint.Vocabulary.Count, logits: 5);
        network.SetWeights(checkpoint.Weights);
        var (loss, accuracy) = network.Evaluate(data.Test);
        Assert.That(loss, Is.EqualTo(checkpoint.Config.Metrics["test_loss"]).Within(1e-6));
        Assert.That(accuracy, Is.EqualTo(checkpoint.Config.Metrics["test_accuracy"]).Within(1e-9));
    }

    private static LabeledText[] Texts(int seed, int count)
    {
        var random = new Random(seed);
        string[] labels = ["1", "2", "3", "9", "10"];
        return [.. Enumerable.Range(0, count).Select(i =>
            new LabeledText($"the {Words[random.Next(5)]} trailer but the film is {Words[i % 5]}", labels[i % 5]))];
    }
}
