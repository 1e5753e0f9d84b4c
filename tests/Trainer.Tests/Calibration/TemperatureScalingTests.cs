using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

public class TemperatureScalingTests
{
    private const int Texts = 3_000, Words = 200;

    private static readonly ModelConfig Model = new() { EmbeddingSize = 6, HiddenSize = 5, Readout = ReadoutKind.Max };

    // Labels are drawn with the probabilities that the logits, divided by the temperature, stand for: that is what has
    // to be found.
    [TestCase(3.0)]
    [TestCase(0.4)]
    public void Apply_LogitsThatAreTooSureOrTooUnsure_AreDividedByTheTemperature(double temperature)
    {
        manual_seed(4);
        using var network = new SentimentNetwork(Model, Words);
        Scale(network, WeightNames.Embedding, 40);
        var random = new Random(4);
        long[][] ids = [.. Enumerable.Range(0, Texts)
            .Select(_ => Enumerable.Range(0, 3).Select(_ => (long)random.Next(3, Words)).ToArray())];
        Scale(network, WeightNames.Classifier, 4);
        network.SetWeight(WeightNames.ClassifierBias, SafetensorsTensor.FromFloats([0.7f], [1]));
        var before = Logits(network, ids);
        var texts = new EncodedTexts(
            ids, [.. before.Select(
                logit => (float[])[random.NextDouble() < 1 / (1 + Math.Exp(-logit / temperature)) ? 1 : 0])]);
        var lossBefore = network.Evaluate(texts).Loss;

        var found = TemperatureScaling.Apply(network, texts);

        var after = Logits(network, ids);
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(temperature).Within(0.15 * temperature));
            Assert.That(network.Evaluate(texts).Loss, Is.LessThan(lossBefore));
            Assert.That(after.Select(Math.Sign), Is.EqualTo(before.Select(Math.Sign)), "decisions");
            Assert.That(after, Is.EqualTo(before.Select(logit => (float)(logit / found))).Within(1e-3));
        });
    }

    // Labels that are the network's own decisions, and their opposites: no temperature is low, or high, enough for
    // these.
    [TestCase(1, 0.25)]
    [TestCase(-1, 4.0)]
    public void Apply_AllTextsClassifiedRightlyOrAllWrongly_StaysWithinTheBounds(int sign, double expected)
    {
        manual_seed(4);
        using var network = new SentimentNetwork(Model, Words);
        Scale(network, WeightNames.Embedding, 40);
        network.SetWeight(WeightNames.ClassifierBias, SafetensorsTensor.FromFloats([0.1f], [1]));
        long[][] ids = [.. Enumerable.Range(3, 50).Select(word => (long[])[1, word])];
        var before = Logits(network, ids);
        var texts = new EncodedTexts(ids, [.. before.Select(logit => (float[])[sign * logit >= 0 ? 1 : 0])]);

        var found = TemperatureScaling.Apply(network, texts);

        Assert.That(found, Is.EqualTo(expected));
        Assert.That(Logits(network, ids), Is.EqualTo(before.Select(logit => (float)(logit / expected))).Within(1e-5));
    }

    private static float[] Logits(SentimentNetwork network, long[][] ids) =>
        [.. network.Predict(ids).Select(row => row[0])];

    private static void Scale(SentimentNetwork network, string weight, float factor)
    {
        var tensor = network.CopyWeights()[weight];
        network.SetWeight(weight, SafetensorsTensor.FromFloats(
            [.. tensor.AsFloats().ToArray().Select(value => value * factor)], tensor.Shape));
    }
}
