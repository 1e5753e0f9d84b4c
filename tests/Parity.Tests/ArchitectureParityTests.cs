using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>TorchSharp, the reference evaluator and ONNX Runtime on every architecture, with random weights.</summary>
public class ArchitectureParityTests
{
    // Tighter than the table's bounds, which have to hold for large states over long texts: these models are small.
    private const double Tolerance = 1e-5;
    private const int VocabularySize = 50;
    private const int MaximumLength = 12;

    private static IEnumerable<TestCaseData> Models() =>
        RandomCheckpoint.AllModels(maximumLayers: 4)
            .Select((model, i) => new TestCaseData(model, 1000 + i).SetArgDisplayNames(RandomCheckpoint.NameOf(model)));

    [TestCaseSource(nameof(Models))]
    public void Run_EveryArchitecture_AgreesThreeTimes(ModelConfig config, int seed)
    {
        var checkpoint = RandomCheckpoint.Create(config, seed, VocabularySize, MaximumLength);
        using var trained = TrainedModel.Load(checkpoint);
        using var stream = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(checkpoint)));
        using var model = SentimentModel.Load(stream);
        foreach (var batch in ParityInputs.Create(seed, VocabularySize, MaximumLength))
        {
            var reference = Computations.Reference(checkpoint).Run(batch.Batch);
            var place = $"seed {seed}, batch '{batch.Name}'";
            var (torchSharp, onnxRuntime) = (
                Computations.TorchSharp(trained).Run(batch.Batch), model.ToRunner().Run(batch.Batch));
            Record(config, "TorchSharp", torchSharp, reference);
            Record(config, "ONNX Runtime", onnxRuntime, reference);
            AssertClose(torchSharp, reference, $"TorchSharp, {place}");
            AssertClose(onnxRuntime, reference, $"ONNX Runtime, {place}");
        }
    }

    [Test]
    public void Models_OutputsOfOneArchitecture_VaryFromTextToText()
    {
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, 1, VocabularySize, MaximumLength);
        var reference = Computations.Reference(checkpoint);
        var logits = ParityInputs.Create(1, VocabularySize, MaximumLength)
            .SelectMany(batch => reference.Run(batch.Batch).Logits).ToList();
        Assert.That(logits.Max() - logits.Min(), Is.GreaterThan(0.1), "constant outputs would prove nothing");
    }

    [Test]
    public void Run_IdsAtEitherEndOfTheVocabulary_Agrees()
    {
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, 2, VocabularySize, MaximumLength);
        using var stream = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(checkpoint)));
        using var model = SentimentModel.Load(stream);
        var batch = TokenBatch.Pad([[1, 2, VocabularySize - 1], [1]]);
        AssertClose(model.ToRunner().Run(batch), Computations.Reference(checkpoint).Run(batch), "seed 2");
    }

    private static void Record(ModelConfig config, string column, ModelOutputs actual, ModelOutputs expected) =>
        ParityLog.Record(
            ParityLog.Shapes, ParityLog.RowOf(config), column, Differences.Largest(actual, expected), Tolerance);

    private static void AssertClose(ModelOutputs actual, ModelOutputs expected, string message)
    {
        Assert.That(actual.Logits, Is.EqualTo(expected.Logits).Within(Tolerance), $"logits, {message}");
        Assert.That(
            actual.Probabilities, Is.EqualTo(expected.Probabilities).Within(Tolerance), $"probabilities, {message}");
    }
}
