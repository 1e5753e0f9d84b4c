using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

public class AccuracyGateTests
{
    private static readonly string[] Texts =
        [.. Enumerable.Range(3, 20).Select(i => $"word{i} word{3 + (i * 7 % 40)}")];

    [Test]
    public void Measure_TwoModels_GivesTheFiguresOfTheirPredictions([Values(2, 3)] int count)
    {
        var (a, b) = (Export(seed: 51, count), Export(seed: 52, count));
        using var first = Load(a);
        using var second = Load(b);
        var (expected, actual) = (first.Predict(Texts), second.Predict(Texts));
        string[] labels = [.. expected.Select(prediction => prediction.Label)];
        for (var i = 0; i < labels.Length; i += 4)
        {
            labels[i] = first.Labels.First(other => other != labels[i]);
        }


        var report = new AccuracyGate(Texts, labels, maximumDrop: 100).Measure(a, b);
        Assert.That((report.Single.Texts, report.Smaller.Texts), Is.EqualTo((20, 20)));
        Assert.That(report.Single.Correct, Is.EqualTo(15));
        Assert.That(
            report.Smaller.Correct, Is.EqualTo(actual.Zip(labels).Count(pair => pair.First.Label == pair.Second)));
        Assert.That((report.Single.Bytes, report.Smaller.Bytes), Is.EqualTo((a.LongLength, b.LongLength)));
        Assert.That(report.Single.LogLoss, Is.EqualTo(LogLoss(expected, labels, first.Labels)).Within(1e-5));
        Assert.That(report.Smaller.LogLoss, Is.EqualTo(LogLoss(actual, labels, first.Labels)).Within(1e-5));
        Assert.That(
            report.Worse,
            Is.EqualTo(labels.Where((label, i) => expected[i].Label == label && actual[i].Label != label).Count())
                .And.GreaterThan(0));
        Assert.That(
            report.Better,
            Is.EqualTo(labels.Where((label, i) => expected[i].Label != label && actual[i].Label == label).Count()));
        var flips = expected.Zip(actual).Count(pair => pair.First.Label != pair.Second.Label);
        Assert.That(report.LabelFlips, Is.EqualTo(flips).And.GreaterThan(0));
        var largest = expected.Zip(actual).Max(
            pair => pair.First.Probabilities.Zip(pair.Second.Probabilities).Max(p => Math.Abs(p.First - p.Second)));
        Assert.That(report.LargestProbabilityDifference, Is.EqualTo(largest).Within(1e-6));
        Assert.That(report.LargestLogitDifference, Is.GreaterThan(report.LargestProbabilityDifference));
        Assert.That(report.Single.TextsPerSecond, Is.GreaterThan(0));
    }

    [Test]
    public void Measure_OneModelTwice_FindsNoDifference()
    {
        var file = Export(seed: 51);
        using var model = Load(file);
        var report = new AccuracyGate(
            Texts, [.. model.Predict(Texts).Select(prediction => prediction.Label)], maximumDrop: 0).Measure(file,
            file);
        Assert.That(report.Verdict, Is.EqualTo(AccuracyVerdict.Accepted));
        Assert.That(report.Single.Accuracy, Is.EqualTo(1));
        Assert.That(
            (report.LabelFlips, report.LargestLogitDifference, report.LargestProbabilityDifference),
            Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void Measure_LabelOfOtherData_NamesItAndTheModels()
    {
        var file = Export(seed: 51);
        Assert.That(
            () => new AccuracyGate(["text"], ["excellent"]).Measure(file, file),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("'excellent'").And.Message.Contains(
                "negative"));
    }

    [Test]
    public void Create_WrongNumbers_AreErrors()
    {
        Assert.That(() => new AccuracyGate([], []), Throws.ArgumentException);
        Assert.That(() => new AccuracyGate(["a", "b"], ["negative"]), Throws.ArgumentException);
        Assert.That(
            () => new AccuracyGate(["a"], ["negative"], -0.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new AccuracyGate(["a"], ["negative"], 100.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AccuracyGate(["a"], ["negative"], 100), Throws.Nothing);
    }

    private static byte[] Export(int seed, int labels = 2) => ModelFile.ToBytes(ClassifierExporter.Export(
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed, labels: labels)));

    private static SentimentModel Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return SentimentModel.Load(stream);
    }

    private static double LogLoss(
        IEnumerable<SentimentPrediction> predictions, string[] truths, IReadOnlyList<string> labels) =>
        predictions.Zip(
            truths,
            (prediction, truth) => -Math.Log(prediction.Probabilities[labels.ToList().IndexOf(truth)])).Average();
}
