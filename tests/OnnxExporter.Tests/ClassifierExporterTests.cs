using System.Security.Cryptography;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Models;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.OnnxExporter.Tests;

public sealed class ClassifierExporterTests
{
    private const int Seed = 20_260;

    [Test]
    public void Export_SameCheckpointTwice_SameBytes()
    {
        var model = new ModelConfig { EmbeddingSize = 4, HiddenSize = 3, Layers = 2, Readout = ReadoutKind.MaxMean };
        var first = ModelFile.ToBytes(ClassifierExporter.Export(RandomCheckpoint.Create(model, Seed)));
        var second = ModelFile.ToBytes(ClassifierExporter.Export(RandomCheckpoint.Create(model, Seed)));
        Assert.That(SHA256.HashData(second), Is.EqualTo(SHA256.HashData(first)), $"seed {Seed}");
    }

    [TestCase(13)]
    [TestCase(22)]
    public void Export_OpsetOutOfRange_SaysRangeAndReason(int opset)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var error = Assert.Throws<InvalidInputException>(
            () => ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset }));
        Assert.That(error!.Message, Does.Contain($"opset is {opset}").And.Contain("between 14 and 21").And.Contain("GPU"));
    }

    [TestCase(14, 7)]
    [TestCase(15, 8)]
    [TestCase(17, 8)]
    [TestCase(18, 8)]
    [TestCase(19, 9)]
    [TestCase(20, 9)]
    [TestCase(21, 10)]
    public void Export_Opset_LowestFormatVersionThatAllowsIt(int opset, int irVersion)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var model = ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset });
        Assert.That(model.OpsetImport.Single().Version, Is.EqualTo(opset));
        Assert.That(model.IrVersion, Is.EqualTo(irVersion));
    }

    [Test]
    public void Export_KerasTutorialShape_StandardGraph()
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var model = ClassifierExporter.Export(checkpoint);
        Assert.That(
            model.Graph.Node.Select(node => node.OpType),
            Is.EqualTo((string[])
            [
                "Equal", "Not", "Cast", "ReduceSum", "Gather", "Transpose", "LSTM", "Transpose", "Reshape", "Gemm", "Sigmoid",
            ]));
        Assert.That(model.Graph.Input.Select(input => input.Name), Is.EqualTo((string[])[GraphNames.InputIds]));
        Assert.That(
            model.Graph.Output.Select(output => output.Name), Is.EqualTo((string[])[GraphNames.Logit, GraphNames.Probability]));
    }

    [Test]
    public void Export_Metadata_ReadsBack()
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var model = ClassifierExporter.Export(checkpoint);
        var metadata = ModelMetadata.FromProperties(model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value));
        Assert.That(metadata.Model, Is.EqualTo(checkpoint.Config.Model));
        Assert.That(metadata.Vocabulary.Tokens, Is.EqualTo(checkpoint.Vocabulary.Tokens));
    }
}
