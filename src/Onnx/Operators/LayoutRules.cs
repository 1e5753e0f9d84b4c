using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators that move elements.</summary>
internal static class LayoutRules
{
    internal static void Gather(NodeContext node)
    {
        node.RequireElement(1, ElementTypes.IsIndex, "int32 or int64");
        if (node.Input(0) is not { Shape: { } data } x)
        {
            return;
        }

        if (node.Axis(node.Int("axis", 0), data.Count) is { } axis)
        {
            var indices = node.Input(1)?.Shape;
            node.SetOutput(x.Element, indices is null ? null : [.. data.Take(axis), .. indices, .. data.Skip(axis + 1)]);
            GatherSizes(node, x, indices);
        }
    }

    private static void GatherSizes(NodeContext node, TensorType data, IReadOnlyList<Dimension>? shape)
    {
        if (data.Sizes is { } sizes && shape is not null && node.ConstantInput(1) is { } indices
            && Array.TrueForAll(indices, index => index >= 0 && index < sizes.Count))
        {
            node.SetSizes([.. indices.Select(index => sizes[(int)index])], shape);
        }
    }

    internal static void Transpose(NodeContext node)
    {
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        var permutation = node.Attribute("perm")?.Ints.ToArray() ?? [.. Enumerable.Range(0, shape.Count).Reverse().Select(i => (long)i)];
        if (!permutation.Order().SequenceEqual(Enumerable.Range(0, shape.Count).Select(i => (long)i)))
        {
            node.ShapeProblem(
                $"has perm [{string.Join(", ", permutation)}], but an order of the {shape.Count} dimensions {TensorType.Format(shape)} was expected.");
            return;
        }

        node.SetOutput(x.Element, [.. permutation.Select(i => shape[(int)i])]);
    }

    internal static void Unsqueeze(NodeContext node)
    {
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } axes)
        {
            return;
        }

        var rank = shape.Count + axes.Length;
        var places = axes.Select(axis => node.Axis(axis, rank)).ToHashSet();
        if (places.Contains(null) || places.Count != axes.Length)
        {
            node.ShapeProblem($"has the axes [{string.Join(", ", axes)}], but different ones within {rank} dimensions were expected.");
            return;
        }

        var rest = new Queue<Dimension>(shape);
        Dimension[] result = [.. Enumerable.Range(0, rank).Select(i => places.Contains(i) ? 1 : rest.Dequeue())];
        node.SetOutput(x.Element, result);
        if (x.Sizes is { } sizes)
        {
            node.SetSizes(sizes, result);
        }
    }

    internal static void Concat(NodeContext node)
    {
        if (node.Input(0) is not { Shape: { } first } x || node.Axis(node.Int("axis", 0), first.Count) is not { } axis)
        {
            return;
        }

        var shapes = new List<IReadOnlyList<Dimension>>();
        for (var i = 0; i < node.InputCount; i++)
        {
            node.RequireSameElement(0, i);
            var expected = first.ToArray();
            expected[axis] = Dimension.Unknown;
            node.RequireShape(i, expected);
            shapes.Add(node.Input(i)?.Shape is { } shape && shape.Count == first.Count ? shape : expected);
        }

        var joined = first.ToArray();
        var sizes = shapes.Select(shape => shape[axis].Size).ToList();
        joined[axis] = sizes.Contains(null) ? Dimension.Unknown : TensorCheck.SumOf(sizes.Select(size => size!.Value));
        node.SetOutput(x.Element, joined);
        var parts = Enumerable.Range(0, node.InputCount).Select(node.SizesInput).ToList();
        if (x.Element == DataType.Int64 && first.Count == 1 && !parts.Contains(null))
        {
            node.SetSizes([.. parts.SelectMany(part => part!)], joined);
        }
    }

    internal static void Reshape(NodeContext node)
    {
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        if (node.ConstantInput(1) is not { } target)
        {
            node.SetOutput(x.Element, node.Input(1)?.Sizes?.Select(size => size.Size == -1 ? Dimension.Unknown : size).ToArray());
            return;
        }

        var copies = node.Int("allowzero", 0) == 0;
        if (target.Count(size => size == -1) > 1 || target.Any(size => size < -1)
            || (copies && target.Skip(shape.Count).Contains(0)))
        {
            node.ShapeProblem(
                $"has the target [{string.Join(", ", target)}], but sizes, zeros at places of {TensorType.Format(shape)}, and at most one -1 were expected.");
            return;
        }

        node.SetOutput(x.Element, Resolve(node, shape, target, copies));
    }

    // Dimensions that are copied cancel out on both sides; what remains has to hold the same number of elements.
    private static Dimension[] Resolve(NodeContext node, IReadOnlyList<Dimension> shape, long[] target, bool copies)
    {
        bool IsCopied(int i) => copies && i < target.Length && target[i] == 0;
        var remaining = Dimensions.Product(shape.Where((_, i) => !IsCopied(i)));
        var fixedSizes = target.Where((size, i) => !IsCopied(i) && size != -1).Aggregate(1L, (product, size) => product * size);
        var result = target.Select((size, i) => IsCopied(i) ? shape[i] : size == -1 ? Dimension.Unknown : size).ToArray();
        var rest = Array.IndexOf(target, -1);
        if (remaining is { } count)
        {
            var fits = rest < 0 ? count == fixedSizes : fixedSizes > 0 && count % fixedSizes == 0;
            if (!fits)
            {
                node.ShapeProblem(
                    $"turns {TensorType.Format(shape)} into [{string.Join(", ", target)}], but as many elements were expected.");
            }
            else if (rest >= 0)
            {
                result[rest] = count / fixedSizes;
            }
        }

        return result;
    }

    internal static void Expand(NodeContext node)
    {
        node.RequireElement(1, type => type == DataType.Int64, "int64");
        if (node.Input(0) is not { Shape: { } shape } x || node.SizesInput(1) is not { } target)
        {
            return;
        }

        if (target.Any(dimension => dimension.Size < 0))
        {
            node.ShapeProblem($"expands {TensorType.Format(shape)} to {TensorType.Format(target)}, but sizes from 0 were expected.");
            return;
        }

        var result = Dimensions.Broadcast(shape, target);
        if (result is null)
        {
            node.ShapeProblem($"expands {TensorType.Format(shape)} to {TensorType.Format(target)}, but dimensions of 1 or of the same size were expected.");
        }

        node.SetOutput(x.Element, result);
    }

    internal static void Slice(NodeContext node)
    {
        node.RequireElement(1, ElementTypes.IsIndex, "int32 or int64");
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        if (shape.Any(dimension => dimension.Size < 0))
        {
            node.ShapeProblem($"slices {TensorType.Format(shape)}, but sizes from 0 were expected.");
            return;
        }

        var (starts, ends) = (node.ConstantInput(1), node.ConstantInput(2));
        var axes = node.HasInput(3) ? node.ConstantInput(3) : [.. Enumerable.Range(0, shape.Count).Select(i => (long)i)];
        if (axes is null)
        {
            node.SetOutput(x.Element, [.. shape.Select(_ => Dimension.Unknown)]);
            return;
        }

        var steps = node.HasInput(4) ? node.ConstantInput(4) : [.. axes.Select(_ => 1L)];
        if (Array.Exists([starts, ends, steps], list => list is not null && list.Length != axes.Length))
        {
            node.ShapeProblem(
                $"has {CountOf(starts)} starts, {CountOf(ends)} ends, {axes.Length} axes and {CountOf(steps)} steps, but as many of each were expected.");
            return;
        }

        var result = shape.ToArray();
        for (var i = 0; i < axes.Length; i++)
        {
            if (node.Axis(axes[i], shape.Count) is { } axis)
            {
                var isKnown = starts is not null && ends is not null && steps is not null;
                result[axis] = isKnown ? Sliced(shape[axis], starts![i], ends![i], steps![i]) : Dimension.Unknown;
            }
        }

        node.SetOutput(x.Element, result);
        if (x.Sizes is { } sizes && starts is [var start] && ends is [var end] && steps is [1])
        {
            var (first, last) = (Within(start, sizes.Count), Within(end, sizes.Count));
            node.SetSizes([.. sizes.Skip((int)first).Take((int)Math.Max(0, last - first))], result);
        }
    }

    private static string CountOf(long[]? list) => list is null ? "?" : $"{list.Length}";

    // Starts and ends count from the end where they are negative, and stay within the dimension.
    private static Dimension Sliced(Dimension dimension, long start, long end, long step)
    {
        if (step == 1 && start == 0 && end == long.MaxValue)
        {
            return dimension;
        }

        if (step != 1 || dimension.Size is not { } size)
        {
            return Dimension.Unknown;
        }

        return Math.Max(0, Within(end, size) - Within(start, size));
    }

    private static long Within(long position, long size) => Math.Clamp(position < 0 ? position + size : position, 0, size);
}
