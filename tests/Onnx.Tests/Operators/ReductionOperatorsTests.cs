using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Reductions and matrix products.</summary>
public sealed class ReductionOperatorsTests
{
    private static readonly TestCaseData[] Sound = Cases(
        ("sum along an axis", g => g.ReduceSum("y", X(g, 2, 3, 4), axis: 1), "Float [2, 4]"),
        ("sum from the end", g => g.ReduceSum("y", X(g, 2, 3, 4), axis: -3), "Float [3, 4]"),
        ("axes that stay", g => g.ReduceMax("y", X(g, 2, 3, 4), [0, -1], keepDimensions: true), "Float [1, 3, 1]"),
        ("dimensions stay by default",
            g => g.Add("y", Operators.ReduceSum, [X(g, 2, 3), g.Constant(1)]), "Float [2, 1]"),
        ("all axes by default", g => g.Add("y", Operators.ReduceSum, [X(g, 2, 3)]), "Float [1, 1]"),
        ("no axes on request",
            g => g.Add("y", Operators.ReduceSum, [X(g, 2, 3)], Attributes.Int("noop_with_empty_axes", 1)),
            "Float [2, 3]"),
        ("all axes of an attribute left out", g => g.Add("y", Operators.ReduceMean, [X(g, 2, 3)]), "Float [1, 1]"),
        ("largest position", g => g.ArgMax("y", X(g, 2, 3), axis: 1), "Int64 [2]"),
        ("largest position by default", g => g.Add("y", Operators.ArgMax, [X(g, 2, 3)]), "Int64 [1, 3]"),
        ("softmax along the first", g => g.Softmax("y", X(g, 2, "n"), axis: -2), "Float [2, n]"),
        ("softmax without axis", g => g.Add("y", Operators.Softmax, [X(g, 2)]), "Float [2]"),
        ("product of stacks", g => g.MatMul("y", X(g, 2, 1, 3, 4), Floats(g, "b", 5, 4, 6)), "Float [2, 5, 3, 6]"),
        ("product of names", g => g.MatMul("y", X(g, "n", "m"), g.Input("b", DataType.Float, "m", 6)), "Float [n, 6]"),
        ("product with a bias", g => Gemm(g, [3, 4], [4, 5], [5]), "Float [3, 5]"),
        ("bias of each row", g => Gemm(g, [3, 4], [4, 5], [3, 1]), "Float [3, 5]"),
        ("left transposed", g => Gemm(g, [4, 3], [4, 5], [5], "transA"), "Float [3, 5]"),
        ("right transposed", g => Gemm(g, [3, 4], [5, 4], [5], "transB"), "Float [3, 5]"),
        ("both transposed", g => Gemm(g, [4, 3], [5, 4], [5], "transA", "transB"), "Float [3, 5]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("axis after the last", g => g.ReduceSum("y", X(g, 2, 3), axis: 2), "axis 2"),
        ("axis before the first", g => g.ArgMax("y", X(g, 2, 3), axis: -3), "axis -3"),
        ("softmax before the first", g => g.Softmax("y", X(g, 2, 3), axis: -3), "axis -3"),
        ("softmax of whole numbers", g => g.Softmax("y", g.Constant(1, 2), axis: 0), "a real number"),
        ("product of a vector", g => g.MatMul("y", X(g, 4), Floats(g, "b", 4, 6)), "at least two dimensions"),
        ("columns that are no rows", g => g.MatMul("y", X(g, 3, 4), Floats(g, "b", 3, 4)), "[3, 4] by [3, 4]"),
        ("stacks that differ", g => g.MatMul("y", X(g, 2, 3, 4), Floats(g, "b", 5, 4, 6)), "[2, 3, 4] by [5, 4, 6]"),
        ("neither transposed", g => Gemm(g, [3, 4], [5, 4], [5]), "[3, 4] by [5, 4]"),
        ("bias of a column", g => Gemm(g, [3, 4], [4, 5], [3]), "adds [3]"),
        ("bias of more dimensions", g => Gemm(g, [3, 4], [4, 5], [2, 3, 5]), "adds [2, 3, 5]"),
        ("stack in a product with bias", g => Gemm(g, [2, 3, 4], [4, 5], [5]), "[2, 3, 4] as input 0"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);

    private static string Gemm(GraphBuilder graph, Dimension[] a, long[] b, long[] bias, params string[] transposed) =>
        graph.Add(
            "y", Operators.Gemm, [X(graph, a), Floats(graph, "b", b), Floats(graph, "bias", bias)],
            [.. transposed.Select(name => Attributes.Int(name, 1))]);
}
