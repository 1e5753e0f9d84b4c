using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Reshaping, picking, joining and sizes: what moves elements.</summary>
public sealed class LayoutOperatorsTests
{
    private static readonly TestCaseData[] Sound = Cases(
        // [1, 2, 0] is not its own inverse, which would give [4, 2, 3].
        ("transpose", g => g.Transpose("y", X(g, 2, 3, 4), 1, 2, 0), "Float [3, 4, 2]"),
        ("transpose without perm reverses", g => g.Add("y", Operators.Transpose, [X(g, 2, 3, 4)]), "Float [4, 3, 2]"),
        ("squeeze", g => g.Squeeze("y", X(g, 2, 1, 3, 1), 1), "Float [2, 3, 1]"),
        ("squeeze from the end", g => g.Squeeze("y", X(g, 1, 2, 1), -1), "Float [1, 2]"),
        ("unsqueeze counts in the result", g => g.Unsqueeze("y", X(g, 2, 3), 0, 3), "Float [1, 2, 3, 1]"),
        ("unsqueeze from the end", g => g.Unsqueeze("y", X(g, 2, 3), -2), "Float [2, 1, 3]"),
        ("expand", g => g.ExpandTo("y", X(g, 2, 1), g.Constant(3, 1, 4)), "Float [3, 2, 4]"),
        ("reshape keeps and infers", g => g.Reshape("y", X(g, 2, 3, 4), 0, -1), "Float [2, 12]"),
        ("reshape keeps a name", g => g.Reshape("y", X(g, "n", 3, 4), 0, 4, -1), "Float [n, 4, 3]"),
        ("reshape of a named size", g => g.Reshape("y", X(g, "n", 3), -1, 3), "Float [?, 3]"),
        ("reshape with allowzero", g => Reshape(g, [3, 0], 0, 5), "Float [0, 5]"),
        ("gather", g => g.Gather("y", X(g, 7, 5), g.Input("i", DataType.Int64, 2, 3)), "Float [2, 3, 5]"),
        ("gather without axis", g => Gather(g, axis: null), "Float [2, 5, 6]"),
        ("gather along the middle", g => Gather(g, axis: 1), "Float [7, 2, 6]"),
        ("gather from the end", g => Gather(g, axis: -1), "Float [7, 5, 2]"),
        ("gather elements without axis", g => g.Add("y", Operators.GatherElements, [X(g, 7, 5), Indices(g, 2, 5)]),
            "Float [2, 5]"),
        ("gather columns", g => g.GatherColumns("y", X(g, 7, 5), Indices(g, 7, 2)), "Float [7, 2]"),
        ("concat", g => g.Concat("y", [X(g, 2, 3), Floats(g, "b", 2, 4)], axis: 1), "Float [2, 7]"),
        ("concat from the end", g => g.Concat("y", [X(g, 2, 3), Floats(g, "b", 4, 3)], axis: -2), "Float [6, 3]"),
        ("concat of a named size", g => g.Concat("y", [X(g, "n", 3), Floats(g, "b", 4, 3)], axis: 0), "Float [?, 3]"),
        ("pad before and after", g => g.Pad("y", X(g, 2, 3), g.Scalar(0f), 1, 0, 4, 5), "Float [7, 8]"),
        ("pad of a named size", g => g.Pad("y", X(g, "n", "m"), g.Scalar(0f), 0, 1, 0, 0), "Float [n, ?]"),
        ("pad that cuts", g => g.Pad("y", X(g, 5, 3), g.Scalar(0f), -1, 0, 0, 0), "Float [?, 3]"),
        ("slice from the end", g => g.Slice("y", X(g, 4, 10), axis: 1, -3), "Float [4, 3]"),
        ("slice from before the start", g => g.Slice("y", X(g, 4, 10), axis: 1, -20, 6), "Float [4, 6]"),
        ("slice to the end exactly", g => g.Slice("y", X(g, 4, 10), axis: 0, 0, 4), "Float [4, 10]"),
        ("slice of nothing", g => g.Slice("y", X(g, 4, 10), axis: 1, 6, 5), "Float [4, 0]"),
        ("slice of the first axes", g => g.Add("y", Operators.Slice, [X(g, 4, 10), g.Constant(1, 2), g.Constant(3, 9)]),
            "Float [2, 7]"),
        ("slice in steps", g => g.Add(
            "y", Operators.Slice, [X(g, 4, 10), g.Constant(0), g.Constant(9), g.Constant(1), g.Constant(2)]),
            "Float [4, ?]"),
        ("shape", g => g.Shape("y", X(g, 2, "n", 4)), "Int64 [3]"),
        ("range to one size", g => g.RangeTo("y", g.SizeOf("s", X(g, 2, 3, "n"), axis: 1)), "Int64 [3]"),
        ("range from 1", g => g.Add("y", Operators.Range, [g.Scalar(1L), g.Scalar(9L), g.Scalar(1L)]), "Int64 [?]"),
        ("range in steps", g => g.Add("y", Operators.Range, [g.Scalar(0L), g.Scalar(9L), g.Scalar(2L)]), "Int64 [?]"),
        ("shape computed of parts", g => g.ExpandTo("y", Floats(g, "one", 1, 1), PartsOfShape(g)), "Float [n, 4]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("transpose of other dimensions", g => g.Transpose("y", X(g, 2, 3, 4), 1, 0), "perm [1, 0]"),
        ("squeeze of a size", g => g.Squeeze("y", X(g, 2, 1), 0), "axes [0]"),
        ("squeeze of a name", g => g.Squeeze("y", X(g, "n", 1), 0), "axes [0]"),
        ("unsqueeze twice at one place", g => g.Unsqueeze("y", X(g, 2, 3), 1, -3), "axes [1, -3]"),
        ("unsqueeze beyond the result", g => g.Unsqueeze("y", X(g, 2, 3), 3), "axis 3"),
        ("reshape to other elements", g => g.Reshape("y", X(g, 2, 3), 7), "[2, 3] into [7]"),
        ("reshape that leaves a rest", g => g.Reshape("y", X(g, 2, 3), 4, -1), "[2, 3] into [4, -1]"),
        ("reshape with two unknowns", g => g.Reshape("y", X(g, 2, 3), -1, -1), "[-1, -1]"),
        ("reshape that keeps too much", g => g.Reshape("y", X(g, 2, 3), 0, 0, 0), "[0, 0, 0]"),
        ("axis after the last", g => Gather(g, axis: 3), "axis 3"),
        ("axis before the first", g => Gather(g, axis: -4), "axis -4"),
        ("elements of other rows", g => g.GatherColumns("y", X(g, 7, 5), Indices(g, 6, 2)), "[6, 2] as input 1"),
        ("concat of other rows", g => g.Concat("y", [X(g, 2, 3), Floats(g, "b", 3, 4)], axis: 1), "[3, 4] as input 1"),
        ("concat of types", g => g.Concat("y", [X(g, 2), g.Constant(1, 2)], axis: 0), "as input 1"),
        ("pads for another rank", g => g.Pad("y", X(g, 2, 3), g.Scalar(0f), 1, 1), "2 pads"),
        ("range of a float to a size", g => g.Add("y", Operators.Range, [g.Scalar(0f), g.Scalar(9L), g.Scalar(1L)]),
            "as input 1"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);

    private static string Gather(GraphBuilder graph, int? axis) => axis is { } value
        ? graph.Add("y", Operators.Gather, [X(graph, 7, 5, 6), graph.Constant(0, 1)], Attributes.Int("axis", value))
        : graph.Add("y", Operators.Gather, [X(graph, 7, 5, 6), graph.Constant(0, 1)]);

    private static string Reshape(GraphBuilder graph, Dimension[] shape, params long[] target) => graph.Add(
        "y", Operators.Reshape, [X(graph, shape), graph.Constant(target)], Attributes.Int("allowzero", 1));

    private static string Indices(GraphBuilder graph, params Dimension[] shape) =>
        graph.Input("i", DataType.Int64, shape);

    // [n, 3, 4] without its middle, by Shape, Slice and Concat.
    private static string PartsOfShape(GraphBuilder graph)
    {
        var shape = graph.Shape("shape", X(graph, "n", 3, 4));
        return graph.Concat(
            "parts", [graph.Slice("first", shape, axis: 0, 0, 1), graph.Slice("last", shape, axis: 0, -1)], axis: 0);
    }
}
