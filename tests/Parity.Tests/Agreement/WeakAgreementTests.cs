using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Pairs that agree only as far as they were asked.</summary>
public sealed class WeakAgreementTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Check_TablesOfDifferentLengths_SaysWhichIdsWereNotCompared()
    {
        var report = ModelAgreement.Check(Table(6).Write(_folder, "short"), Table(9).Write(_folder, "long"));
        var tables = report.Checks.Checks.Single(check => check.Group == "tables");
        Assert.That(tables.Outcome, Is.EqualTo(CheckOutcome.Skipped));
        Assert.That(tables.Message, Does.Contain("6 rows").And.Contain("from 9").And.Contain("ids from 6"));
    }

    [Test]
    public void Check_TablesOfOneLength_AreCompared() => Assert.That(
        ModelAgreement.Check(Table(6).Write(_folder, "one"), Table(6).Write(_folder, "two")).Checks.Checks
            .Where(check => check.Outcome != CheckOutcome.Passed),
        Is.Empty);

    [Test]
    public void Check_OutputsWithoutAnyNumber_AreNoAgreement()
    {
        var report = ModelAgreement.Check(Empty("Relu").Write(_folder, "relu"), Empty("Neg").Write(_folder, "neg"));
        Assert.That(report.Passed, Is.False, report.ToText());
    }

    [TestCase("unmasked_audio", false)]
    [TestCase("attention_mask", true)]
    [TestCase("attentionMask", true)]
    public void Check_NameOfAnInput_IsAMaskByItsWordsAlone(string name, bool agreesOnZeroAndOne)
    {
        var square = Model(
            Value(name, DataType.Float, "n"), Node("Mul", $"{name} {name}", "y"), Value("y", DataType.Float, "n"));
        var same = Model(
            Value(name, DataType.Float, "n"), Node("Identity", name, "y"), Value("y", DataType.Float, "n"));
        var report = ModelAgreement.Check(square.Write(_folder, "square"), same.Write(_folder, "same"));
        Assert.That(report.Passed, Is.EqualTo(agreesOnZeroAndOne));
    }

    private static ModelProto Table(int rows) => Model(
        Tensors.Float("table", [rows, 2], [.. Enumerable.Range(0, 2 * rows).Select(value => value + 0.5f)]),
        Value("ids", DataType.Int64, "n"), Node("Gather", "table ids", "y"), Value("y", DataType.Float, "n", 2));

    private static ModelProto Empty(string op) => Model(
        Value("x", DataType.Float, 0, 4), Node(op, "x", "y"), Value("y", DataType.Float, 0, 4));
}
