namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators whose window slides along the spatial dimensions, all after batch and channels.</summary>
internal static class WindowRules
{
    private const int BatchAndChannels = 2;

    internal static void Conv(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        node.RequireSameElement(0, 1);
        node.RequireSameElement(0, 2);
        if (node.Input(0) is not { Shape: { } x } data || node.Input(1)?.Shape is not { } w || Spatial(node, x) is not { } spatial)
        {
            return;
        }

        var group = node.Int("group", 1);
        Dimension channels = w.Count > 1 && w[1].Size is { } perGroup ? perGroup * group : Dimension.Unknown;
        if (w.Count != x.Count || !Dimensions.Agree(x[1], channels))
        {
            node.ShapeProblem(
                $"has {TensorType.Format(x)} as input 0 and {TensorType.Format(w)} in {group} group(s) as input 1, but as many dimensions and channels of both were expected.");
            return;
        }

        node.RequireShape(2, w[0]);
        node.SetOutput(data.Element, [x[0], w[0], .. spatial]);
    }

    internal static void Pool(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        if (node.Input(0) is { Shape: { } x } data && Spatial(node, x) is { } spatial)
        {
            node.SetOutput(data.Element, [x[0], x[1], .. spatial]);
        }
    }

    private static Dimension[]? Spatial(NodeContext node, IReadOnlyList<Dimension> x)
    {
        var kernel = node.Ints("kernel_shape") ?? [];
        var ones = kernel.Select(_ => 1L).ToArray();
        var (strides, dilations) = (node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones);
        var pads = node.Ints("pads") ?? new long[2 * kernel.Length];
        if (kernel.Length != x.Count - BatchAndChannels)
        {
            node.ShapeProblem($"has a window of {kernel.Length} dimensions over {TensorType.Format(x)}, but batch, channels and as many more were expected.");
            return null;
        }

        if (strides.Length != kernel.Length || dilations.Length != kernel.Length || pads.Length != 2 * kernel.Length)
        {
            node.ShapeProblem($"has {strides.Length} strides, {dilations.Length} dilations and {pads.Length} pads, but {kernel.Length}, {kernel.Length} and {2 * kernel.Length} were expected.");
            return null;
        }

        var ceil = node.Int("ceil_mode", 0) != 0;
        var result = new Dimension[kernel.Length];
        for (var i = 0; i < kernel.Length; i++)
        {
            var window = new Window((dilations[i] * (kernel[i] - 1)) + 1, strides[i], pads[i], pads[i + kernel.Length], ceil);
            result[i] = window.CountOver(x[BatchAndChannels + i]);
            if (result[i].Size is < 1)
            {
                node.ShapeProblem($"slides a window of {window.Length} over {TensorType.Format(x)}, but at least one place for it was expected in each dimension.");
                return null;
            }
        }

        return result;
    }

    /// <summary>A window in one dimension.</summary>
    /// <param name="Length">From its first to its last position.</param>
    /// <param name="Stride">From one place to the next.</param>
    /// <param name="Before">Positions added before the data.</param>
    /// <param name="After">Positions added after the data.</param>
    /// <param name="Ceil">Whether the last window may reach beyond the data, as long as it starts on it.</param>
    private readonly record struct Window(long Length, long Stride, long Before, long After, bool Ceil)
    {
        internal Dimension CountOver(Dimension dimension)
        {
            if (dimension.Size is not { } size)
            {
                return Stride == 1 && Before + After == Length - 1 ? dimension : Dimension.Unknown;
            }

            var room = size + Before + After - Length;
            if (room < 0 || Stride < 1)
            {
                return 0;
            }

            var count = ((Ceil ? room + Stride - 1 : room) / Stride) + 1;
            return Ceil && (count - 1) * Stride >= size + Before ? count - 1 : count;
        }
    }
}
