using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Means over spatial dimensions, which are all after batch and channels.</summary>
internal static class WindowPooling
{
    private const int BatchAndChannels = 2;

    /// <summary>The mean over all spatial dimensions, which stay with size 1.</summary>
    public static string AddGlobalMean(GraphBuilder graph, string name, int spatialDimensions, string x)
    {
        var axes = Enumerable.Range(BatchAndChannels, spatialDimensions).Select(axis => (long)axis).ToArray();
        return graph.ReduceMean(name, x, axes, keepDimensions: true);
    }

    /// <summary>
    /// As many means as are asked for in each dimension: the i-th of n over the positions from ⌊i·size/n⌋ to
    /// ⌈(i+1)·size/n⌉ (PyTorch, aten/src/ATen/native/AdaptivePooling.h). Windows of equal length slide; others are
    /// products with a matrix that holds their shares.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="sizes">The sizes of the one or two spatial dimensions.</param>
    /// <param name="counts">How many means in each.</param>
    /// <param name="x"><c>[batch, channels, spatial …]</c></param>
    public static string AddAdaptiveMean(GraphBuilder graph, string name, long[] sizes, long[] counts, string x)
    {
        if (sizes.Zip(counts).All(pair => pair.First % pair.Second == 0))
        {
            long[] kernel = [.. sizes.Zip(counts, (size, count) => size / count)];
            var window = new SlidingWindow(kernel, kernel, new long[2 * kernel.Length], [.. kernel.Select(_ => 1L)]);
            return graph.AveragePool(name, x, window, ceil: false, countPads: false);
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
