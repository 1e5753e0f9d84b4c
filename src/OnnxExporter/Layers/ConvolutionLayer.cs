using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>What lies beyond the edges of the data.</summary>
internal enum EdgeMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The data mirrored at its outermost positions.</summary>
    Reflect,

    /// <summary>The outermost positions, again and again.</summary>
    Replicate,

    /// <summary>The data from its other end.</summary>
    Circular,
}

/// <summary>Convolution in any number of spatial dimensions.</summary>
internal static class ConvolutionLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The kernels <c>[out, in / groups, kernel …]</c>.</param>
    /// <param name="bias"><c>[out]</c>, or null for none.</param>
    /// <param name="window">The window.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="edges">What to pad with.</param>
    /// <param name="x"><c>[batch, in, spatial …]</c></param>
    /// <returns><c>[batch, out, spatial …]</c></returns>
    public static string Add(
        GraphBuilder graph, string name, TensorProto weights, TensorProto? bias, SlidingWindow window, long groups,
        EdgeMode edges, string x)
    {
        if (edges != EdgeMode.Zeros && Array.Exists(window.Pads, pad => pad > 0))
        {
            x = AddEdges(graph, name, x, window.Pads, edges);
            window = window with { Pads = new long[window.Pads.Length] };
        }

        return graph.Conv(
            name, x, graph.Initializer(weights), bias is null ? "" : graph.Initializer(bias), window, groups);
    }

    private static string AddEdges(GraphBuilder graph, string name, string x, long[] pads, EdgeMode edges)
    {
        var spatial = pads.Length / 2;
        long[] all = [0, 0, .. pads[..spatial], 0, 0, .. pads[spatial..]];
        return edges switch
        {
            EdgeMode.Reflect => graph.PadBy($"{name}/padded", x, "reflect", all),
            EdgeMode.Replicate => graph.PadBy($"{name}/padded", x, "edge", all),
            _ => AddCircularEdges(graph, name, x, pads),
        };
    }

    // Pad knows "wrap" from opset 19 on alone.
    private static string AddCircularEdges(GraphBuilder graph, string name, string x, long[] pads)
    {
        var spatial = pads.Length / 2;
        for (var i = 0; i < spatial; i++)
        {
            var (axis, before, after) = (i + 2, pads[i], pads[i + spatial]);
            string[] parts =
            [
                .. before == 0 ? (string[])[] : [graph.Slice($"{name}/end_of_axis_{axis}", x, axis, -before)],
                x,
                .. after == 0 ? (string[])[] : [graph.Slice($"{name}/start_of_axis_{axis}", x, axis, 0, after)],
            ];
            x = parts.Length == 1 ? x : graph.Concat($"{name}/padded_axis_{axis}", parts, axis);
        }

        return x;
    }
}
