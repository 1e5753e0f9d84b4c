using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>A classifier with large weights: what cancels out in its logits leaves their rounding.</summary>
public class LargeWeightsTests
{
    private const float Factor = 10_000;

    [Test]
    public void Compare_ClassifierWithLargeWeights_IsNotRefusedForRounding([Range(1, 10)] int seed)
    {
        var checkpoint = Enlarged(seed);
        using var model = Load(checkpoint);

        var report = Compare(model, checkpoint, seed);

        Assert.That(report.Passed, $"seed {seed}: {report.ToText()}");
        Assert.That(report.Outputs[0].Tolerance.Absolute, Is.GreaterThan(1e-3), "the weights are too small for a test");
    }

    [Test]
    public void Compare_OneWeightOffByATwentieth_IsFoundBesideLargeWeights([Range(1, 10)] int seed)
    {
        var checkpoint = Enlarged(seed);
        using var model = Load(Enlarged(seed, change: 1.05f));

        Assert.That(Compare(model, checkpoint, seed).Passed, Is.False, $"seed {seed}");
    }

    private static ComparisonReport Compare(SentimentModel model, Checkpoint checkpoint, int seed) =>
        OutputComparer.Compare(
            model.ToRunner(), Computations.Reference(checkpoint),
            ParityInputs.Create(seed, checkpoint.Vocabulary.Count, checkpoint.Config.Text.MaximumLength));

    private static SentimentModel Load(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(checkpoint)));
        return SentimentModel.Load(stream);
    }

    // The first weight of the classifier is changed.
    private static Checkpoint Enlarged(int seed, float change = 1)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 16, HiddenSize = 64 }, seed);
        var weight = checkpoint.Weights[WeightNames.Classifier];
        var values = Array.ConvertAll(weight.AsFloats().ToArray(), value => value * Factor);
        values[0] *= change;
        var weights = new Dictionary<string, SafetensorsTensor>(checkpoint.Weights)
        {
            [WeightNames.Classifier] = SafetensorsTensor.FromFloats(values, [.. weight.Shape]),
        };
        return new Checkpoint(checkpoint.Config, checkpoint.Vocabulary, weights);
    }
}
