using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Programs that this project did not write agree with what it exports, and would notice if they did not.
/// </summary>
[Category("Outside")]
public sealed class OutsideToolTests
{
    // Also in build/outside, where each script refuses more.
    private const double Tolerance = 1e-5;

    // What Debian's python3-onnx knows; the other tools read every opset.
    private const int NewestOpsetOfChecker = 17;

    private OutsideFolders _folders = null!;

    private static readonly OutsideTool[] Tools =
        [OutsideTool.OnnxChecker, OutsideTool.PyTorch, OutsideTool.Node, OutsideTool.Web];

    // PyTorch computes the checkpoint, whatever the opset of the file.
    private static readonly OutsideTool[] Readers = [OutsideTool.OnnxChecker, OutsideTool.Node, OutsideTool.Web];

    private static readonly OutsideTool[] Comparers = [OutsideTool.PyTorch, OutsideTool.Node, OutsideTool.Web];

    [SetUp]
    public void CreateFolders() => _folders = new OutsideFolders();

    [TearDown]
    public void DeleteFolders() => _folders.Dispose();

    [TestCaseSource(nameof(Tools))]
    public void Run_ShippedModel_Agrees(object tool)
    {
        var outside = Present(tool);
        var result = outside.Run([Checkout.ImdbModel]).Values.Single();
        outside.Record(ParityLog.ShippedModel, "stored outputs", result, Tolerance);
    }

    [TestCaseSource(nameof(Tools))]
    public void Run_EveryShape_Agrees(object tool)
    {
        var outside = Present(tool);
        var shapes = _folders.WriteShapes();
        var results = outside.Run([.. shapes.Keys]);
        foreach (var (folder, model) in shapes)
        {
            outside.Record(ParityLog.Shapes, ParityLog.RowOf(model), results[Path.GetFileName(folder)], Tolerance);
        }
    }

    [TestCaseSource(nameof(Tools))]
    public void Run_MoreThanTwoLabels_Agrees(object tool)
    {
        var outside = Present(tool);
        var folders = _folders.WriteLabels();
        var results = outside.Run([.. folders.Keys]);
        foreach (var (folder, labels) in folders)
        {
            outside.Record(ParityLog.Labels, $"{labels} labels", results[Path.GetFileName(folder)], Tolerance);
        }
    }

    [TestCaseSource(nameof(Readers))]
    public void Run_EveryOpset_Agrees(object tool)
    {
        var outside = Present(tool);
        var opsets = _folders.WriteOpsets(outside == OutsideTool.OnnxChecker ? NewestOpsetOfChecker : int.MaxValue);
        var results = outside.Run([.. opsets.Keys]);
        foreach (var (folder, opset) in opsets)
        {
            outside.Record(
                ParityLog.Opsets, OpsetParityTests.RowOf(opset), results[Path.GetFileName(folder)], Tolerance);
        }
    }

    [TestCaseSource(nameof(Comparers))]
    public void Run_StoredOutputOff_FailsAndNamesTheFolder(object tool)
    {
        var outside = Present(tool);
        var (sound, tampered) = (_folders.WriteOne("sound"), _folders.WriteOne("tampered"));
        var path = Path.Combine(tampered, TestDataSet.FolderName(1));
        var dataSet = TokenDataSet.Read(path);
        var logits = dataSet.Expected.Logits.ToArray();
        logits[^1] += 10 * Tolerance;
        new TokenDataSet(dataSet.Batch, dataSet.Expected with { Logits = logits }).Write(path);
        AssertFails(outside, sound, tampered, "1.0");
    }

    [Test]
    public void Run_UnsoundGraph_CheckerFailsAndNamesTheFolder()
    {
        var outside = Present(OutsideTool.OnnxChecker);
        var (sound, tampered) = (_folders.WriteOne("sound"), _folders.WriteOne("tampered"));
        var path = Path.Combine(tampered, "model.onnx");
        var model = ModelFile.Read(path);
        model.Graph.Node[^1].Input[0] = "nowhere";
        ModelFile.Write(model, path);
        AssertFails(outside, sound, tampered, "nowhere");
    }

    [Test]
    public void Run_WrongShapeStated_CheckerFailsAndNamesTheValue()
    {
        var outside = Present(OutsideTool.OnnxChecker);
        var (sound, tampered) = (_folders.WriteOne("sound"), _folders.WriteOne("tampered"));
        var path = Path.Combine(tampered, "model.onnx");
        var model = ModelFile.Read(path);
        model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 2;
        ModelFile.Write(model, path);
        AssertFails(outside, sound, tampered, "logit");
    }

    private static OutsideTool Present(object tool)
    {
        var outside = (OutsideTool)tool;
        outside.Require();
        return outside;
    }

    private static void AssertFails(OutsideTool tool, string sound, string tampered, string words)
    {
        var (exitCode, output, error) = tool.Start([sound, tampered]);
        Assert.That(exitCode, Is.EqualTo(1), output + error);
        Assert.That(output, Does.Contain("OK sound").And.Not.Contain("OK tampered"));
        Assert.That(error, Does.Contain("FAILED tampered").And.Contain(words));
        TestContext.Out.WriteLine(error);
    }
}
