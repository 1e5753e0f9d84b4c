using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Largest values and means over windows that slide along the spatial dimensions, all after batch and channels.</summary>
public static class WindowPooling
{
    private const int BatchAndChannels = 2;

    /// <summary>The largest value of each window; what is padded never wins.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="window">The window.</param>
    /// <param name="ceil">Whether a last window may reach beyond the data.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    public static string AddMax(GraphBuilder graph, string name, SlidingWindow window, bool ceil, string x)
    {
        ArgumentNullException.ThrowIfNull(graph);
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
    /// <param name="window">The window.</param>
    /// <param name="ceil">Whether a last window may reach beyond the data.</param>
    /// <param name="countPads">Whether padded zeros count.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    public static string AddMean(GraphBuilder graph, string name, SlidingWindow window, bool ceil, bool countPads, string x)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(window);
        return graph.Add(
            name, Operators.AveragePool, [x],
            Attributes.Int("ceil_mode", ceil ? 1 : 0),
            Attributes.Int("count_include_pad", countPads ? 1 : 0),
            Attributes.Ints("kernel_shape", window.Kernel),
            Attributes.Ints("pads", window.Pads),
            Attributes.Ints("strides", window.Strides));
    }

    /// <summary>The mean over all spatial dimensions, which stay with size 1.</summary>
    public static string AddGlobalMean(GraphBuilder graph, string name, int spatialDimensions, string x)
    {
        var axes = Enumerable.Range(BatchAndChannels, spatialDimensions).Select(axis => (long)axis).ToArray();
        return graph.ReduceMean(name, x, axes, keepDimensions: true);
    }

    /// <summary>
    /// As many means as are asked for in each dimension: the i-th of n over the positions from ⌊i·size/n⌋ to
    /// ⌈(i+1)·size/n⌉ (PyTorch, aten/src/ATen/native/AdaptivePooling.h). Windows of equal length slide; others are products
    /// with a matrix that holds their shares.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="sizes">The sizes of the one or two spatial dimensions.</param>
    /// <param name="counts">How many means in each.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    public static string AddAdaptiveMean(GraphBuilder graph, string name, long[] sizes, long[] counts, string x)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(counts);
        if (sizes.Zip(counts).All(pair => pair.First % pair.Second == 0))
        {
            long[] kernel = [.. sizes.Zip(counts, (size, count) => size / count)];
            var window = new SlidingWindow(kernel, kernel, new long[2 * kernel.Length], [.. kernel.Select(_ => 1L)]);
            return AddMean(graph, name, window, ceil: false, countPads: false, x);
        }

        var columns = graph.Initializer(Tensors.Float(
            $"{name}/shares_of_columns", [sizes[^1], counts[^1]], Shares(sizes[^1], counts[^1], byPosition: true)));
        if (sizes.Length == 1)
        {
            return graph.MatMul(name, x, columns);
        }

        var rows = graph.Initializer(Tensors.Float(
            $"{name}/shares_of_rows", [counts[0], sizes[0]], Shares(sizes[0], counts[0], byPosition: false)));
        return graph.MatMul(name, rows, graph.MatMul($"{name}/of_columns", x, columns));
    }

    private static float[] Shares(long size, long count, bool byPosition)
    {
        var shares = new float[size * count];
        for (var i = 0; i < count; i++)
        {
            var (start, end) = (i * size / count, (((i + 1) * size) + count - 1) / count);
            for (var position = start; position < end; position++)
            {
                shares[byPosition ? (position * count) + i : (i * size) + position] = 1f / (end - start);
            }
        }

        return shares;
    }
}
