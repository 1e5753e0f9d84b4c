using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Cli;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>A file appears only when it computes what the checkpoint computes.</summary>
public class ExportPipelineTests
{
    private static readonly Checkpoint Checkpoint =
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 11);

    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("export-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Export_SoundCheckpoint_WritesModelAndDataSetsAndNothingElse()
    {
        var report = ExportPipeline.Export(Checkpoint, ModelPath);
        Assert.That(report.Passed, report.ToText());
        Assert.That(
            Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(["model.onnx", "test_data_set_0", "test_data_set_1"]));
    }

    [TestCase("recurrent.0/W")]
    [TestCase("recurrent.0/R")]
    [TestCase("recurrent.0/B")]
    public void Publish_TwoGatesSwapped_FailsAndWritesNothing(string initializer)
    {
        var model = ClassifierExporter.Export(Checkpoint);
        SwapFirstTwoGates(model.Graph.Initializer.Single(tensor => tensor.Name == initializer));
        Assert.That(
            () => ExportPipeline.Publish(model, Checkpoint, ModelPath),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("logit of batch"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Publish_LengthsNotGivenToTheLstm_Fails()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node.Single(node => node.OpType == "LSTM").Input[4] = "";
        Assert.That(() => ExportPipeline.Publish(model, Checkpoint, ModelPath), Throws.InstanceOf<CheckFailedException>());
    }

    [Test]
    public void Publish_UnsoundGraph_FailsAndKeepsTheOldFile()
    {
        File.WriteAllText(ModelPath, "old");
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node[^1].Input[0] = "nowhere";
        Assert.That(
            () => ExportPipeline.Publish(model, Checkpoint, ModelPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("nowhere"));
        Assert.That(File.ReadAllText(ModelPath), Is.EqualTo("old"));
    }

    [Test]
    public void Export_Cancelled_WritesNothing([Values] InputKind input)
    {
        var options = new ExportOptions { Input = input };
        Assert.That(
            () => ExportPipeline.Export(Checkpoint, ModelPath, options, cancellation: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Export_CancelledDuringTheLastCheck_WritesNothing()
    {
        using var source = new CancellationTokenSource();
        Assert.That(
            () => ExportPipeline.Export(Checkpoint, ModelPath, lastCheck: _ => source.Cancel(), cancellation: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    // Gates are stacked in the second dimension: four blocks of equal size in each direction.
    private static void SwapFirstTwoGates(TensorProto tensor)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        var gate = values.Length / (int)tensor.Dims[0] / 4 / (tensor.Name.EndsWith('B') ? 2 : 1);
        var first = values[..gate];
        Array.Copy(values, gate, values, 0, gate);
        first.CopyTo(values, gate);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
