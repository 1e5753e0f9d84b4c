using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// The shipped weights exported by PyTorch, beside the shipped file: equal numbers, and a larger graph where it regards
/// lengths.
/// </summary>
[Category("Outside")]
public sealed class TorchExportTests
{
    private const double Tolerance = 1e-5;
    private const string Plain = "plain.onnx";
    private const string Packed = "packed.onnx";

    // Texts of the example in export_torch.py.
    private const int TracedBatch = 2;

    private static readonly string Ours = Path.Combine(Checkout.ImdbModel, "model.onnx");

    private string _folder = "";

    [OneTimeSetUp]
    public void Export()
    {
        OutsideTool.PyTorch.Require();
        _folder = Directory.CreateTempSubdirectory("torch-export-").FullName;
        string[] arguments = [Path.Combine(Checkout.ImdbModel, "checkpoint"), _folder];
        var (exitCode, output, error) = OutsideTool.PyTorch.Start(arguments, "export_torch.py");
        Assert.That(exitCode, Is.Zero, output + error);
    }

    [OneTimeTearDown]
    public void DeleteFolder()
    {
        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    // Without lengths PyTorch's graph reads padding as text, so it can be compared on texts of equal lengths alone;
    // with packed sequences it computes lengths, but runs only for batches as large as the one it was traced with.
    [TestCase(Plain, 0, 7)]
    [TestCase(Plain, 0, 1)]
    [TestCase(Packed, 0, TracedBatch)]
    [TestCase(Packed, 1, TracedBatch)]
    public void Run_ExportOfPyTorch_GivesOurOutputs(string file, int dataSet, int texts)
    {
        var batch = Batch(dataSet, texts);
        var largest = Differences.Largest(Run(Ours, batch), Run(Path.Combine(_folder, file), batch));
        var row = $"{file}, {texts} text{(texts > 1 ? "s" : "")} of {(dataSet == 0 ? "equal" : "unequal")} lengths";
        ParityLog.Record(ParityLog.TorchExport, row, "ONNX Runtime", largest, Tolerance);
        Assert.That(largest, Is.LessThanOrEqualTo(Tolerance));
    }

    [Test]
    public void Run_PackedExportOfPyTorchOnAnotherBatchSize_DoesNotRun() =>
        Assert.That(() => Run(Path.Combine(_folder, Packed), Batch(1, 7)), Throws.InstanceOf<OnnxRuntimeException>());

    [Test]
    public void Run_PlainExportOfPyTorchOnUnequalLengths_DependsOnPadding()
    {
        var batch = Batch(1, 7);
        Assert.That(
            Differences.Largest(Run(Ours, batch), Run(Path.Combine(_folder, Plain), batch)),
            Is.GreaterThan(100 * Tolerance));
    }

    [Test]
    public void Nodes_ExportOfPyTorchThatRegardsLengths_HasMore()
    {
        var (ours, theirs) = (ModelFile.Read(Ours).Graph, ModelFile.Read(Path.Combine(_folder, Packed)).Graph);
        TestContext.Out.WriteLine(
            $"{Packed}: {theirs.Node.Count} nodes, {Computing(theirs)} without constants; " +
            $"ours {ours.Node.Count}, {Computing(ours)}");
        Assert.That(ours.Node.Count, Is.LessThan(theirs.Node.Count));
        Assert.That(Computing(ours), Is.LessThan(Computing(theirs)), "without the nodes that hold constants");
    }

    private static int Computing(GraphProto graph) => graph.Node.Count(node => node.OpType != "Constant");

    // The last texts of a data set: the longest of the one with unequal lengths is among them.
    private static TokenBatch Batch(int dataSet, int texts)
    {
        var all = TokenDataSet.Read(Path.Combine(Checkout.ImdbModel, TestDataSet.FolderName(dataSet))).Batch;
        var (ids, lengths, rows) = (all.Ids.ToArray(), all.Lengths.ToArray(), all.Count);
        return TokenBatch.Pad(
        [
            .. Enumerable.Range(rows - texts, texts)
                .Select(row => ids.AsSpan(row * all.SequenceLength, (int)lengths[row]).ToArray()),
        ]);
    }

    private static ModelOutputs Run(string path, TokenBatch batch)
    {
        using var session = new InferenceSession(path);
        var ids = new DenseTensor<long>(batch.Ids.ToArray(), [batch.Count, batch.SequenceLength]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(GraphNames.InputIds, ids)]);
        return new ModelOutputs(Values(GraphNames.Logit), Values(GraphNames.Probability));

        double[] Values(string name) =>
            [.. results.Single(result => result.Name == name).AsEnumerable<float>().Select(value => (double)value)];
    }
}
