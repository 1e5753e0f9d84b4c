using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Joins and splits dimensions. Sizes that only a run shows are read from the data when the model runs.
/// </summary>
internal static class Reshaping
{
    /// <summary>Makes one dimension of several.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">Data of known rank.</param>
    /// <param name="first">The first dimension to join.</param>
    /// <param name="last">The last dimension to join.</param>
    public static string AddFlatten(GraphBuilder graph, string name, string x, int first, int last) =>
        AddReplaced(graph, name, x, first, last, [-1]);

    /// <summary>Makes several dimensions of one.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">Data of known rank.</param>
    /// <param name="axis">The dimension to split.</param>
    /// <param name="sizes">The new sizes, one of which may be -1 for what remains.</param>
    public static string AddUnflatten(GraphBuilder graph, string name, string x, int axis, long[] sizes) =>
        AddReplaced(graph, name, x, axis, axis, sizes);

    private static string AddReplaced(GraphBuilder graph, string name, string x, int first, int last, long[] sizes)
    {
        var shape = graph.ShapeOf(x) ?? throw new ArgumentException(
            $"The rank of '{x}' is not known, but is needed to reshape it.", nameof(x));
        var following = shape.Skip(last + 1).Select(dimension => dimension.Size).ToArray();
        return following.Contains(null)
            ? graph.ReshapeTo(name, x, AddTarget(graph, name, graph.Shape($"{name}/shape", x), first, last, sizes))
            : graph.Reshape(
                name, x, [.. Enumerable.Repeat(0L, first), .. sizes, .. following.Select(size => size!.Value)]);
    }

    private static string AddTarget(GraphBuilder graph, string name, string shape, int first, int last, long[] sizes)
    {
        string[] parts =
        [
            .. first == 0 ? (string[])[] : [graph.Slice($"{name}/sizes_before", shape, axis: 0, 0, first)],
            graph.Constant(sizes),
            graph.Slice($"{name}/sizes_after", shape, axis: 0, last + 1),
        ];
        return graph.Concat($"{name}/target", parts, axis: 0);
    }
}
