using System.Security.Cryptography;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.OnnxExporter.Tests;

public sealed class ClassifierExporterTests
{
    private const int Seed = 20_260;

    // The hash of Golden/tiny-bilstm.onnx. When an intended change of the format moves it, the test's message tells
    // where the new file lies: look at it, copy it, and write its hash here.
    private const string GoldenSha256 = "ed26d6ff11d5d6e349df86821e02095f037491ff108599ebf4a7400f7198b35b";

    [Test]
    public void Export_SameCheckpointTwice_SameBytes()
    {
        var model = new ModelConfig { EmbeddingSize = 4, HiddenSize = 3, Layers = 2, Readout = ReadoutKind.MaxMean };
        var first = ModelFile.ToBytes(ClassifierExporter.Export(RandomCheckpoint.Create(model, Seed)));
        var second = ModelFile.ToBytes(ClassifierExporter.Export(RandomCheckpoint.Create(model, Seed)));
        Assert.That(SHA256.HashData(second), Is.EqualTo(SHA256.HashData(first)), $"seed {Seed}");
    }

    [Test]
    public void Export_TinyModel_SameAsGoldenFile()
    {
        var tiny = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 3, HiddenSize = 2 }, seed: 17, vocabularySize: 10);
        var bytes = ModelFile.ToBytes(ClassifierExporter.Export(tiny));
        var written = Path.Combine(Path.GetTempPath(), "tiny-bilstm.onnx");
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != GoldenSha256)
        {
            File.WriteAllBytes(written, bytes);
        }

        Assert.That(hash, Is.EqualTo(GoldenSha256), $"the new file is {written}");
        var golden = Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden/tiny-bilstm.onnx");
        Assert.That(bytes, Is.EqualTo(File.ReadAllBytes(golden)));
    }

    [TestCase(13)]
    [TestCase(22)]
    public void Export_OpsetOutOfRange_SaysRangeAndReason(int opset)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var error = Assert.Throws<InvalidInputException>(
            () => ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset }));
        Assert.That(error!.Message, Does.Contain($"opset is {opset}").And.Contain("14").And.Contain("21"));
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
                "Equal", "Not", "Cast", "ReduceSum", "Gather", "Transpose", "LSTM", "Transpose", "Reshape", "Gemm",
                "Sigmoid",
            ]));
        Assert.That(model.Graph.Input.Select(input => input.Name), Is.EqualTo((string[])[GraphNames.InputIds]));
        Assert.That(
            model.Graph.Output.Select(output => output.Name),
            Is.EqualTo((string[])[GraphNames.Logit, GraphNames.Probability]));
    }

    [TestCase(2, "Sigmoid", 1)]
    [TestCase(3, "Softmax", 3)]
    [TestCase(1_000, "Softmax", 1_000)]
    public void Export_Labels_AColumnForTwoElseOneEach(int labels, string last, int columns)
    {
        var model = ClassifierExporter.Export(
            RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed, labels: labels));
        Assert.That(model.Graph.Node[^1].OpType, Is.EqualTo(last));
        Assert.That(
            model.Graph.Output.Select(output => output.Type.TensorType.Shape.Dim[1].DimValue), Is.All.EqualTo(columns));
        Assert.That(model.DocString.Contains("second label", StringComparison.Ordinal), Is.EqualTo(labels == 2));
    }

    [TestCase(ReadoutKind.Max, "Where ReduceMax")]
    [TestCase(ReadoutKind.Mean, "Where ReduceSum Cast Unsqueeze Div")]
    [TestCase(ReadoutKind.MaxMean, "Where ReduceMax Where ReduceSum Cast Unsqueeze Div Concat")]
    [TestCase(ReadoutKind.Attention, "MatMul Add Tanh MatMul Where Softmax Where Mul ReduceSum")]
    public void Export_Readout_MasksPadding(ReadoutKind readout, string operators)
    {
        var model = Export(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3, Readout = readout });
        var ops = model.Graph.Node.SkipWhile(node => node.OpType != "Reshape").Skip(1).SkipLast(2)
            .Where(node => !node.Name.StartsWith("padding/is_token", StringComparison.Ordinal))
            .Where(node => node.Name != "padding/mask");
        Assert.That(string.Join(' ', ops.Select(node => node.OpType)), Is.EqualTo(operators));
        Assert.That(
            model.Graph.Node.Where(node => node.OpType == "Where").Select(node => node.Input[0]),
            Is.All.EqualTo("padding/mask"));
    }

    [Test]
    public void Export_EveryCell_RecurrentNodesAsPyTorchComputes(
        [Values(CellKind.Rnn, CellKind.Gru, CellKind.Lstm)] CellKind cell, [Values] bool bidirectional)
    {
        var config = new ModelConfig { EmbeddingSize = 4, HiddenSize = 3, Layers = 2 };
        var model = Export(config with { Cell = cell, Bidirectional = bidirectional });
        foreach (var node in model.Graph.Node.Where(node => node.OpType is "LSTM" or "GRU" or "RNN"))
        {
            Assert.That(node.Input, Has.Count.EqualTo(5), "no initial state");
            Assert.That(node.Input[4], Is.EqualTo("padding/lengths"));
            Assert.That(
                node.Attribute.Single(attribute => attribute.Name == "direction").S.ToStringUtf8(),
                Is.EqualTo(bidirectional ? "bidirectional" : "forward"));
            Assert.That(
                node.Attribute.Any(attribute => attribute.Name == "linear_before_reset" && attribute.I == 1),
                Is.EqualTo(cell == CellKind.Gru));
        }
    }

    [Test]
    public void Export_Bag_MaskedMeanBiasAndRelu()
    {
        var model = Export(RandomCheckpoint.Bag());
        Assert.That(
            string.Join(' ', model.Graph.Node.SkipWhile(node => node.OpType != "Gather").Select(node => node.OpType)),
            Is.EqualTo(
                "Gather Transpose Transpose Unsqueeze Where ReduceSum Cast Unsqueeze Div Add Relu Gemm Sigmoid"));
        Assert.That(model.Graph.Node.Single(node => node.OpType == "Where").Input[0], Is.EqualTo("padding/mask"));
        Assert.That(
            model.Graph.Node.Single(node => node.OpType == "Add").Input,
            Is.EqualTo((string[])["hidden/mean", "hidden.bias"]));
    }

    [Test]
    public void Export_ReluNetwork_ActivationOfBothDirections()
    {
        var model = Export(new ModelConfig
        {
            Cell = CellKind.Rnn,
            Nonlinearity = RnnNonlinearity.Relu,
            EmbeddingSize = 4,
            HiddenSize = 3,
        });
        var activations = model.Graph.Node.Single(node => node.OpType == "RNN")
            .Attribute.Single(attribute => attribute.Name == "activations");
        Assert.That(activations.Strings.Select(text => text.ToStringUtf8()), Is.EqualTo((string[])["Relu", "Relu"]));
    }

    [Test]
    public void Export_Metadata_ReadsBack()
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, Seed);
        var model = ClassifierExporter.Export(checkpoint);
        var metadata = ModelMetadata.FromProperties(
            model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value));
        Assert.That(metadata.Model, Is.EqualTo(checkpoint.Config.Model));
        Assert.That(metadata.Vocabulary.Tokens, Is.EqualTo(checkpoint.Vocabulary.Tokens));
    }

    private static ModelProto Export(ModelConfig config) =>
        ClassifierExporter.Export(RandomCheckpoint.Create(config, Seed));
}
