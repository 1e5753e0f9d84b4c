using OnnxSentiment.Core;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Registration of operators: what is registered twice or not at all throws and names what is known.</summary>
public sealed class OperatorTableTests
{
    private static readonly OperatorDefinition Double = new("Double", 1..1, node => node.SetLikeInput());

    [Test]
    public void Table_OperatorTwiceInOneOpset_ThrowsAndNamesTheKnown() => Assert.That(
        () => new OperatorTable([Double, Double with { Name = "Half" }, Double]),
        Throws.ArgumentException.With.Message.Contains("'Double'").And.Message.Contains("opset 14")
            .And.Message.Contains("Double, Half"));

    [Test]
    public void Table_OperatorInTwoDomains_Throws() => Assert.That(
        () => new OperatorTable([Double, Double with { Since = 18, Domain = Domains.Microsoft }]),
        Throws.ArgumentException.With.Message.Contains("'Double'").And.Message.Contains(Domains.Microsoft));

    [TestCase(14, 1)]
    [TestCase(17, 1)]
    [TestCase(18, 2)]
    [TestCase(21, 2)]
    public void Find_OperatorThatChanged_TheSignatureOfTheOpset(int opset, int mostInputs)
    {
        var table = new OperatorTable([Double with { Since = 18, Inputs = 1..2 }, Double]);
        Assert.That(table.Find("Double", opset)!.Inputs.End.Value, Is.EqualTo(mostInputs));
    }

    [TestCase(16, false)]
    [TestCase(17, true)]
    public void Contains_OperatorThatCameLater_FromItsOpsetOn(int opset, bool expected) =>
        Assert.That(Operators.At(opset).Contains(Operators.LayerNormalization), Is.EqualTo(expected));

    [Test]
    public void Add_OperatorThatCameLater_ThrowsAndNamesTheKnown()
    {
        var graph = new GraphBuilder("g", Operators.At(16));
        var x = graph.Input("x", DataType.Float, 3);
        Assert.That(
            () => graph.Add("y", Operators.LayerNormalization, [x, x]),
            Throws.ArgumentException.With.Message.Contains("Opset 16").And.Message.Contains("LayerNormalization")
                .And.Message.Contains("LSTM"));
    }

    [Test]
    public void Add_UnknownOperator_ThrowsAndLeavesTheGraph()
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        var x = graph.Input("x", DataType.Float, 3);
        Assert.That(
            () => graph.Add("y", "Sigmoidal", [x]),
            Throws.ArgumentException.With.Message.Contains("'Sigmoidal'").And.Message.Contains("Sigmoid,"));
        Assert.That(graph.Sigmoid("y", x), Is.EqualTo("y"));
    }

    [Test]
    public void At_OpsetOutOfRange_Throws([Values(13, 22)] int opset) => Assert.That(
        () => Operators.At(opset), Throws.TypeOf<InvalidInputException>().With.Message.Contains($"{opset}"));

    // Every constant of Operators is registered, and nothing else.
    [Test]
    public void Names_OfTheTable_AreTheConstants()
    {
        var constants = typeof(Operators).GetFields().Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
        Assert.That(Operators.Table.Names, Is.EquivalentTo(constants));
    }

    [Test]
    public void Create_Model_InfersEachNodeOnce()
    {
        var inferred = 0;
        var graph = new GraphBuilder("g", new OperatorSet(new OperatorTable([Double with { Infer = Count }]), 17));
        graph.Output(graph.Add("y", "Double", [graph.Input("x", DataType.Float, "n")]), DataType.Float, "n");
        Models.Create(graph, "1", "");
        Assert.That(inferred, Is.EqualTo(1));

        void Count(NodeContext node)
        {
            inferred++;
            node.SetLikeInput();
        }
    }
}
