using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Differences inside the branches of If, which no output of a graph shows.</summary>
public sealed class BranchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("16000", "scaled")]
    [TestCase("8000", "")]
    public void Check_DifferenceInABranch_IsNamedWhereItIsTaken(string rate, string first)
    {
        var (right, wrong) = (Rates(3).Write(_folder, "right"), Rates(4).Write(_folder, "wrong"));
        var options = new AgreementOptions { Inputs = [InputRule.Parse($"rate={rate}")] };
        var report = ModelAgreement.Check(wrong, right, options);
        Assert.That(report.FirstDifference?.Value ?? "", Is.EqualTo(first), report.ToText());
        Assert.That(report.Passed, Is.EqualTo(first.Length == 0));
    }

    [Test]
    public void Check_RateThatIsComparedWithAConstant_IsDrawnFromThose()
    {
        var report = ModelAgreement.Check(Rates(4).Write(_folder, "wrong"), Rates(3).Write(_folder, "right"));
        Assert.That(report.Passed, Is.False, "16000 is what rate is compared with");
        Assert.That(report.ToText(), Does.Contain("Its constant 'factor' differs"));
    }

    [Test]
    public void Check_BranchInABranchWithTheSameNames_IsNamed()
    {
        var (right, wrong) = (Nested(3).Write(_folder, "right"), Nested(4).Write(_folder, "wrong"));
        var report = ModelAgreement.Check(wrong, right);
        Assert.That(report.FirstDifference?.Operator, Is.EqualTo("Mul"), report.ToText());
        Assert.That(report.FirstDifference!.Value, Does.StartWith("scaled"));
        Assert.That(report.ToText(), Does.Contain("'moved' ").And.Contain("agrees"));
    }

    // Where rate is 16000, x · factor; else -x.
    private static ModelProto Rates(float factor)
    {
        var then = Graph(
            Tensors.Float("factor", [1], [factor]), Node("Mul", "x factor", "scaled"), Node("Tanh", "scaled", "a"),
            Value("a", DataType.Float, "n"));
        var otherwise = Graph(Node("Neg", "x", "a"), Value("a", DataType.Float, "n"));
        return Model(
            Tensors.Int64("known", [], [16000]), Value("x", DataType.Float, "n"), Value("rate", DataType.Int64),
            Node("Equal", "rate known", "is_known"),
            Node("If", "is_known", "chosen", Inner("then_branch", then), Inner("else_branch", otherwise)),
            Node("Identity", "chosen", "y"), Value("y", DataType.Float, "n"));
    }

    // The inner branch uses the outer one's names for other values.
    private static ModelProto Nested(float factor)
    {
        var inner = Graph(
            Tensors.Float("factor", [1], [factor]), Node("Mul", "moved factor", "scaled"),
            Value("scaled", DataType.Float, "n"));
        var zero = Graph(Node("Sub", "moved moved", "scaled"), Value("scaled", DataType.Float, "n"));
        var outer = Graph(
            Node("Abs", "x", "moved"),
            Node("If", "yes", "b", Inner("then_branch", inner), Inner("else_branch", zero)),
            Node("Add", "b moved", "c"), Value("c", DataType.Float, "n"));
        var other = Graph(Node("Neg", "x", "c"), Value("c", DataType.Float, "n"));
        var yes = Tensors.Int64("one", [], [1]);
        return Model(
            yes, Value("x", DataType.Float, "n"), Node("Equal", "one one", "yes"),
            Node("If", "yes", "d", Inner("then_branch", outer), Inner("else_branch", other)),
            Node("If", "yes", "e", Inner("then_branch", outer.Clone()), Inner("else_branch", other.Clone())),
            Node("Add", "d e", "y"), Value("y", DataType.Float, "n"));
    }
}
