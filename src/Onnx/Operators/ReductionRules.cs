using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators that work along axes.</summary>
internal static class ReductionRules
{
    internal static void Reduce(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        var axes = node.HasInput(1) ? node.ConstantInput(1) : [.. node.Attribute("axes")?.Ints ?? []];
        if (axes is null)
        {
            return;
        }

        var places = axes.Select(axis => node.Axis(axis, shape.Count)).ToHashSet();
        if (axes.Length == 0 && node.Int("noop_with_empty_axes", 0) == 0)
        {
            places = [.. Enumerable.Range(0, shape.Count)];
        }

        node.SetOutput(x.Element, Reduced(node, shape, places));
    }

    internal static void ArgMax(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
        if (node.Input(0)?.Shape is { } shape && node.Axis(node.Int("axis", 0), shape.Count) is { } axis)
        {
            node.SetOutput(DataType.Int64, Reduced(node, shape, [axis]));
        }
    }

    internal static void Softmax(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        if (node.Input(0)?.Shape is { } shape)
        {
            node.Axis(node.Int("axis", -1), shape.Count);
        }

        ElementwiseRules.SetLikeInput(node);
    }

    private static Dimension[] Reduced(NodeContext node, IReadOnlyList<Dimension> shape, HashSet<int?> places) =>
        node.Int("keepdims", 1) != 0
            ? [.. shape.Select((dimension, i) => places.Contains(i) ? 1 : dimension)]
            : [.. shape.Where((_, i) => !places.Contains(i))];
}
