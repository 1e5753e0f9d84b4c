using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Sizes that only a run shows, and counting up to them.</summary>
    public const string
        Range = "Range",
        Shape = "Shape";
}

internal static class SizeOperators
{
    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Range, 3..3, InferRange),
        new(Operators.Shape, 1..1, InferShape),
    ];

    private static void InferShape(NodeContext node)
    {
        if (node.Input(0)?.Shape is { } shape)
        {
            node.SetSizes(shape, [shape.Count]);
        }
        else
        {
            node.SetOutput(DataType.Int64, [Dimension.Unknown]);
        }
    }

    private static void InferRange(NodeContext node)
    {
        node.RequireNumber(0);
        for (var i = 0; i < 3; i++)
        {
            node.RequireSameElement(0, i);
            node.RequireShape(i);
        }

        if (node.Input(0) is { } start)
        {
            node.SetOutput(start.Element, [CountOf(node)]);
        }
    }

    // From 0 in steps of 1 the limit is the count, unless it lies below.
    private static Dimension CountOf(NodeContext node) =>
        node.SizesInput(0) is [{ Size: 0 }] && node.SizesInput(2) is [{ Size: 1 }] && node.SizesInput(1) is [var limit]
            ? limit.Size < 0 ? 0 : limit
            : Dimension.Unknown;
}

/// <content>Sizes that only a run shows.</content>
public static partial class GraphExtensions
{
    /// <summary>The sizes of all dimensions, int64 <c>[dimensions]</c>.</summary>
    public static string Shape(this GraphBuilder graph, string name, string x) =>
        graph.Add(name, Operators.Shape, [x]);

    /// <summary>The size of one dimension, int64 without dimensions.</summary>
    public static string SizeOf(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Gather(name, graph.Shape($"{name}/shape", x), graph.Scalar(axis));

    /// <summary>0, 1, 2 … below a limit, int64.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="limit">int64 without dimensions.</param>
    public static string RangeTo(this GraphBuilder graph, string name, string limit) =>
        graph.Add(name, Operators.Range, [graph.Scalar(0L), limit, graph.Scalar(1L)]);
}
