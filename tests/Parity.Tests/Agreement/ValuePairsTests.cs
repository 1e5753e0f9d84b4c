using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

public class ValuePairsTests
{
    private static readonly GraphProto Plain = Graph(
        Value("x", DataType.Float, "n", 4), Node("MatMul", "x w", "product"), Node("Add", "product b", "sum"),
        Node("Relu", "sum", "positive"), Node("Relu", "positive", "again"), Node("Tanh", "again", "y"),
        Tensors.Float("w", [4, 4], new float[16]), Tensors.Float("b", [4], new float[4]));

    [Test]
    public void Match_OtherNamesPrecisionAndOperators_FindsTheSameValues()
    {
        var other = Graph(
            Value("in", DataType.Float, "n", 4), Node("QuantizeLinear", "in s", "q"),
            Node("DequantizeLinear", "q s", "d"),
            Node("Gemm", "d w b", "1"), Node("Cast", "1", "2", Attributes.Int("to", (long)DataType.Float16)),
            Node("Relu", "2", "3"), Node("Identity", "3", "4"), Node("Relu", "4", "5"), Node("Tanh", "5", "6"),
            Tensors.Float("w", [4, 4], new float[16]), Tensors.Float("b", [4], new float[4]),
            Tensors.Float("s", [], [1]));
        Assert.That(Match(Plain, other), Is.EqualTo("sum=1 positive=3 again=5 y=6"));
    }

    [Test]
    public void Match_NumbersAsNames_MeanNothingElsewhere()
    {
        var one = Graph(
            Value("x", DataType.Float, "n"), Node("Relu", "x", "1"), Node("Tanh", "1", "2"), Node("Abs", "2", "y"));
        var two = Graph(
            Value("x", DataType.Float, "n"), Node("Relu", "x", "2"), Node("Tanh", "2", "1"), Node("Abs", "1", "y"));
        Assert.That(Match(one, two), Is.EqualTo("1=2 2=1 y=y"));
    }

    [Test]
    public void Match_OperatorThatWasReplaced_GoesByNameOrPosition()
    {
        var replaced = Plain.Clone();
        replaced.Node[2].OpType = "Sigmoid";
        Assert.That(Match(replaced, Plain), Is.EqualTo("product=product sum=sum positive=positive again=again y=y"));
        var renamed = Rename(Plain.Clone());
        Assert.That(
            Match(replaced, renamed),
            Is.EqualTo("product=product! sum=sum! positive=positive! again=again! y=y!"));
    }

    [Test]
    public void Match_NothingInCommon_FindsNothing() => Assert.That(
        Match(
            Graph(Value("x", DataType.Float, "n"), Node("Relu", "x", "a"), Node("Neg", "a", "b")),
            Graph(Value("x", DataType.Float, "n"), Node("Tanh", "x", "c"))),
        Is.Empty);

    private static GraphProto Rename(GraphProto graph)
    {
        foreach (var node in graph.Node)
        {
            node.Output[0] += "!";
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] += node.Input[i] is "x" or "w" or "b" ? "" : "!";
            }
        }

        return graph;
    }

    private static string Match(GraphProto actual, GraphProto expected)
    {
        var pairs = InputPair.Match(
            GraphInput.AllOf(new ModelProto { Graph = actual }, "a"),
            GraphInput.AllOf(new ModelProto { Graph = expected }, "b"), "a", "b");
        return string.Join(' ', ValuePairs.Match(new GraphScope(actual), new GraphScope(expected), pairs, [])
            .Select(pair => $"{pair.Actual}={pair.Expected}"));
    }
}
