using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators that compute with positions and sizes.</summary>
internal static class IndexingRules
{
    internal static void GreaterOrEqual(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
        ElementwiseRules.Equal(node);
    }

    internal static void Shape(NodeContext node)
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

    internal static void Range(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
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

    internal static void GatherElements(NodeContext node)
    {
        node.RequireElement(1, ElementTypes.IsIndex, "int32 or int64");
        if (node.Input(0) is not { Shape: { } data } x || node.Axis(node.Int("axis", 0), data.Count) is not { } axis)
        {
            return;
        }

        var expected = data.ToArray();
        expected[axis] = Dimension.Unknown;
        node.RequireShape(1, expected);
        node.SetOutput(x.Element, node.Input(1)?.Shape);
    }

    internal static void Pad(NodeContext node)
    {
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        node.RequireSameElement(0, 2);
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } pads)
        {
            return;
        }

        if (pads.Length != 2 * shape.Count)
        {
            node.ShapeProblem($"has {pads.Length} pads, but two for each of {TensorType.Format(shape)} were expected.");
            return;
        }

        node.SetOutput(x.Element, [.. shape.Select((size, i) => Padded(size, [pads[i], pads[i + shape.Count]]))]);
    }

    internal static void Squeeze(NodeContext node)
    {
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } axes)
        {
            return;
        }

        var places = axes.Select(axis => node.Axis(axis, shape.Count)).ToHashSet();
        if (shape.Where((_, i) => places.Contains(i)).Any(size => size is { IsUnknown: false, Size: not 1 }))
        {
            node.ShapeProblem($"has the axes [{string.Join(", ", axes)}], but in {TensorType.Format(shape)} only those of size 1 can go.");
        }

        node.SetOutput(x.Element, [.. shape.Where((_, i) => !places.Contains(i))]);
    }

    private static Dimension Padded(Dimension size, long[] pads) =>
        pads is [0, 0] ? size
        : size.Size is { } fixedSize && Array.TrueForAll(pads, pad => pad >= 0) ? TensorCheck.SumOf([fixedSize, .. pads])
        : Dimension.Unknown;
}
