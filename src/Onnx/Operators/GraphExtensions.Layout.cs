namespace OnnxSentiment.Onnx;

/// <content>Operators that move elements and compute nothing.</content>
public static partial class GraphExtensions
{
    /// <summary>The rows of <paramref name="data"/> that <paramref name="indices"/> name, in the shape of the indices.</summary>
    public static string Gather(this GraphBuilder graph, string name, string data, string indices) =>
        graph.Add(name, Operators.Gather, [data, indices], Attributes.Int("axis", 0));

    /// <summary>Reorders the dimensions: dimension i of the result is dimension <c>permutation[i]</c> of the input.</summary>
    public static string Transpose(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> permutation) =>
        graph.Add(name, Operators.Transpose, [x], Attributes.Ints("perm", permutation));

    /// <summary>Another shape: 0 keeps the dimension at that place, -1 takes what remains.</summary>
    public static string Reshape(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> shape) =>
        graph.Add(name, Operators.Reshape, [x, graph.Constant(shape)]);

    /// <summary>Inserts a dimension of size 1 at each of the axes, which count in the result.</summary>
    public static string Unsqueeze(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> axes) =>
        graph.Add(name, Operators.Unsqueeze, [x, graph.Constant(axes)]);

    /// <summary>Joins values along an axis.</summary>
    public static string Concat(this GraphBuilder graph, string name, string[] values, long axis) =>
        graph.Add(name, Operators.Concat, values, Attributes.Int("axis", axis));

    /// <summary>Another shape that is computed when the model runs, int64 <c>[dimensions]</c>.</summary>
    public static string ReshapeTo(this GraphBuilder graph, string name, string x, string shape) =>
        graph.Add(name, Operators.Reshape, [x, shape]);

    /// <summary>Repeats dimensions of size 1 up to a shape, int64 <c>[dimensions]</c>.</summary>
    public static string ExpandTo(this GraphBuilder graph, string name, string x, string shape) =>
        graph.Add(name, Operators.Expand, [x, shape]);

    /// <summary>The sizes of all dimensions, int64 <c>[dimensions]</c>.</summary>
    public static string Shape(this GraphBuilder graph, string name, string x) => graph.Add(name, Operators.Shape, [x]);

    /// <summary>The positions from a start to before an end along an axis; negative ones count from the end.</summary>
    public static string Slice(this GraphBuilder graph, string name, string x, long axis, long start, long end = long.MaxValue) =>
        graph.Add(name, Operators.Slice, [x, graph.Constant(start), graph.Constant(end), graph.Constant(axis)]);
}
