using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <content>Functional operations that move elements and compute nothing.</content>
public sealed partial class OnnxScope
{
    /// <summary>Joins values along a dimension.</summary>
    public OnnxValue Concat(long dim, params IReadOnlyList<OnnxValue> values) =>
        Node("concat", name => Graph.Concat(name, [.. values.Select(Of)], dim));

    /// <summary>Exchanges two dimensions.</summary>
    public OnnxValue Transpose(OnnxValue x, long dim0, long dim1)
    {
        ArgumentNullException.ThrowIfNull(x);
        var order = Enumerable.Range(0, x.Rank).Select(dim => (long)dim).ToArray();
        var (first, second) = (FromFront(x, [dim0])[0], FromFront(x, [dim1])[0]);
        (order[first], order[second]) = (order[second], order[first]);
        return Permute(x, order);
    }

    /// <summary>Reorders all dimensions.</summary>
    public OnnxValue Permute(OnnxValue x, params long[] order) =>
        Node("permute", name => Graph.Transpose(name, Of(x), FromFront(x, order)));

    /// <summary>
    /// The same elements in another shape, of which one size may be -1. A size of 0 keeps the dimension at that place.
    /// </summary>
    public OnnxValue Reshape(OnnxValue x, params long[] shape) =>
        Node("reshape", name => Graph.Reshape(name, Of(x), shape));

    /// <summary>Makes one dimension of several.</summary>
    public OnnxValue Flatten(OnnxValue x, long startDim = 0, long endDim = -1) => Node("flatten", name =>
        Reshaping.AddFlatten(Graph, name, Of(x), (int)FromFront(x, [startDim])[0], (int)FromFront(x, [endDim])[0]));

    /// <summary>Makes several dimensions of one.</summary>
    public OnnxValue Unflatten(OnnxValue x, long dim, params long[] sizes) => Node("unflatten", name =>
        Reshaping.AddUnflatten(Graph, name, Of(x), (int)FromFront(x, [dim])[0], sizes));

    /// <summary>Removes a dimension of size 1.</summary>
    public OnnxValue Squeeze(OnnxValue x, long dim) => Node("squeeze", name => Graph.Squeeze(name, Of(x), dim));

    /// <summary>Inserts a dimension of size 1.</summary>
    public OnnxValue Unsqueeze(OnnxValue x, long dim) => Node("unsqueeze", name => Graph.Unsqueeze(name, Of(x), dim));

    /// <summary>
    /// The positions from a start to before an end along a dimension; negative ones count from the end.
    /// </summary>
    public OnnxValue Slice(OnnxValue x, long dim, long start, long end = long.MaxValue) =>
        Node("slice", name => Graph.Slice(name, Of(x), dim, start, end));

    /// <summary>One position along a dimension, which disappears; a negative one counts from the end.</summary>
    public OnnxValue Select(OnnxValue x, long dim, long index) =>
        Squeeze(Slice(x, dim, index, index == -1 ? long.MaxValue : index + 1), dim);

    /// <summary>The size of a dimension, int64 without dimensions.</summary>
    public OnnxValue Size(OnnxValue x, long dim) =>
        Node("size", name => Graph.SizeOf(name, Of(x), FromFront(x, [dim])[0]));

    /// <summary>0, 1, 2 … below a limit, for instance a <see cref="Size"/>: the ids of a table of positions.</summary>
    public OnnxValue Arange(OnnxValue limit) => Node("arange", name => Graph.RangeTo(name, Of(limit)));
}
