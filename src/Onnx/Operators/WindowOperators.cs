using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Convolution and pooling: windows that slide along the spatial dimensions.</summary>
    public const string
        AveragePool = "AveragePool",
        Conv = "Conv",
        MaxPool = "MaxPool";
}

/// <summary>
/// The spatial dimensions are all after batch and channels. <c>auto_pad</c> is left out of the signatures: its "same"
/// depends on the runtime, and pads say it exactly.
/// </summary>
internal static class WindowOperators
{
    private const int BatchAndChannels = 2;

    private static readonly AttributeSchema[] Window =
    [
        new("kernel_shape", AttributeType.Ints, Required: true),
        new("pads", AttributeType.Ints),
        new("strides", AttributeType.Ints),
    ];

    private static readonly AttributeSchema Dilations = new("dilations", AttributeType.Ints);
    private static readonly AttributeSchema CeilMode = new("ceil_mode", AttributeType.Int);

    // AveragePool has dilations from opset 19 on; no graph here needs them.
    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.AveragePool, 1..1, InferPool,
            [.. Window, CeilMode, new("count_include_pad", AttributeType.Int)]),
        new(Operators.Conv, 2..3, InferConv, [.. Window, Dilations, new("group", AttributeType.Int)]),
        new(
            Operators.MaxPool, 1..1, InferPool,
            [.. Window, Dilations, CeilMode, new("storage_order", AttributeType.Int)]),
    ];

    private static void InferConv(NodeContext node)
    {
        node.RequireReal(0);
        node.RequireSameElement(0, 1);
        node.RequireSameElement(0, 2);
        if (node.Input(0) is not { Shape: { } x } data || node.Input(1)?.Shape is not { } w
            || Spatial(node, x) is not { } spatial)
        {
            return;
        }

        var group = node.Int("group", 1);
        Dimension channels = w.Count > 1 && w[1].Size is { } perGroup ? perGroup * group : Dimension.Unknown;
        if (w.Count != x.Count || !Dimensions.Agree(x[1], channels))
        {
            node.ShapeProblem(
                $"has {TensorType.Format(x)} as input 0 and {TensorType.Format(w)} in {group} group(s) as input 1, " +
                "but as many dimensions and channels of both were expected.");
            return;
        }

        node.RequireShape(2, w[0]);
        node.SetOutput(data.Element, [x[0], w[0], .. spatial]);
    }

    private static void InferPool(NodeContext node)
    {
        node.RequireReal(0);
        if (node.Input(0) is { Shape: { } x } data && Spatial(node, x) is { } spatial)
        {
            node.SetOutput(data.Element, [x[0], x[1], .. spatial]);
        }
    }

    private static Dimension[]? Spatial(NodeContext node, IReadOnlyList<Dimension> x)
    {
        if (Slides(node, x) is not { } windows)
        {
            return null;
        }

        var result = windows.Select((window, i) => window.CountOver(x[BatchAndChannels + i])).ToArray();
        var outside = Array.FindIndex(result, count => count.Size is < 1);
        if (outside < 0)
        {
            return result;
        }

        node.ShapeProblem(
            $"slides a window of {windows[outside].Length} over {TensorType.Format(x)}, but at least one place for " +
            "it was expected in each dimension.");
        return null;
    }

    private static Slide[]? Slides(NodeContext node, IReadOnlyList<Dimension> x)
    {
        var kernel = node.Ints("kernel_shape") ?? [];
        var ones = kernel.Select(_ => 1L).ToArray();
        var (strides, dilations) = (node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones);
        var pads = node.Ints("pads") ?? new long[2 * kernel.Length];
        var count = kernel.Length;
        if (count != x.Count - BatchAndChannels)
        {
            node.ShapeProblem(
                $"has a window of {count} dimensions over {TensorType.Format(x)}, but batch, channels and as many " +
                "more were expected.");
            return null;
        }

        if (strides.Length != count || dilations.Length != count || pads.Length != 2 * count)
        {
            node.ShapeProblem(
                $"has {strides.Length} strides, {dilations.Length} dilations and {pads.Length} pads, but {count}, " +
                $"{count} and {2 * count} were expected.");
            return null;
        }

        var ceil = node.Int("ceil_mode", 0) != 0;
        return [.. kernel.Select((size, i) =>
            new Slide((dilations[i] * (size - 1)) + 1, strides[i], pads[i], pads[i + count], ceil))];
    }

    /// <summary>A window in one dimension.</summary>
    /// <param name="Length">From its first to its last position.</param>
    /// <param name="Stride">From one place to the next.</param>
    /// <param name="Before">Positions added before the data.</param>
    /// <param name="After">Positions added after the data.</param>
    /// <param name="Ceil">Whether the last window may reach beyond the data, as long as it starts on it.</param>
    private readonly record struct Slide(long Length, long Stride, long Before, long After, bool Ceil)
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

/// <summary>How a window slides over the spatial dimensions, a number each.</summary>
/// <param name="Kernel">Positions of the window.</param>
/// <param name="Strides">From one place of the window to the next.</param>
/// <param name="Pads">Positions added before each dimension, then those after each.</param>
/// <param name="Dilations">From one position of the window to the next.</param>
public sealed record SlidingWindow(long[] Kernel, long[] Strides, long[] Pads, long[] Dilations);

/// <content>Convolution and pooling over <c>[batch, channels, spatial …]</c>.</content>
public static partial class GraphExtensions
{
    /// <summary>Convolution.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x"><c>[batch, in, spatial …]</c></param>
    /// <param name="weights">The kernels <c>[out, in / groups, kernel …]</c>.</param>
    /// <param name="bias"><c>[out]</c>; empty for none.</param>
    /// <param name="window">The window.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    public static string Conv(
        this GraphBuilder graph, string name, string x, string weights, string bias, SlidingWindow window, long groups)
    {
        ArgumentNullException.ThrowIfNull(window);
        return graph.Add(
            name, Operators.Conv, WithoutTrailingGaps(x, weights, bias),
            Attributes.Ints("dilations", window.Dilations),
            Attributes.Int("group", groups),
            Attributes.Ints("kernel_shape", window.Kernel),
            Attributes.Ints("pads", window.Pads),
            Attributes.Ints("strides", window.Strides));
    }

    /// <summary>The largest value of each window; what is padded never wins.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    /// <param name="window">The window.</param>
    /// <param name="ceil">Whether a last window may reach beyond the data.</param>
    public static string MaxPool(this GraphBuilder graph, string name, string x, SlidingWindow window, bool ceil)
    {
        ArgumentNullException.ThrowIfNull(window);
        return graph.Add(
            name, Operators.MaxPool, [x],
            Attributes.Int("ceil_mode", ceil ? 1 : 0),
            Attributes.Ints("dilations", window.Dilations),
            Attributes.Ints("kernel_shape", window.Kernel),
            Attributes.Ints("pads", window.Pads),
            Attributes.Ints("strides", window.Strides));
    }

    /// <summary>The mean of each window, whose dilations are 1.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    /// <param name="window">The window.</param>
    /// <param name="ceil">Whether a last window may reach beyond the data.</param>
    /// <param name="countPads">Whether padded zeros count.</param>
    public static string AveragePool(
        this GraphBuilder graph, string name, string x, SlidingWindow window, bool ceil, bool countPads)
    {
        ArgumentNullException.ThrowIfNull(window);
        return graph.Add(
            name, Operators.AveragePool, [x],
            Attributes.Int("ceil_mode", ceil ? 1 : 0),
            Attributes.Int("count_include_pad", countPads ? 1 : 0),
            Attributes.Ints("kernel_shape", window.Kernel),
            Attributes.Ints("pads", window.Pads),
            Attributes.Ints("strides", window.Strides));
    }
}
