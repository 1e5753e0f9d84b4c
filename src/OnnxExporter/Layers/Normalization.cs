using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Scale and shift after a normalization, and the ε in it.</summary>
/// <param name="Scale">γ, or null for 1 where the layer allows it.</param>
/// <param name="Shift">β, or null for 0.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record NormalizationWeights(TensorProto? Scale, TensorProto? Shift, double Epsilon);

/// <summary>(x − mean) / √(variance + ε) · γ + β, by several kinds of statistics.</summary>
internal static class Normalization
{
    /// <summary>By the statistics of each channel that training left behind.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">γ and β <c>[channels]</c>.</param>
    /// <param name="mean"><c>[channels]</c></param>
    /// <param name="variance"><c>[channels]</c></param>
    /// <param name="x"><c>[batch, channels, …]</c></param>
    public static string AddBatch(
        GraphBuilder graph, string name, NormalizationWeights weights, TensorProto mean, TensorProto variance, string x)
    {
        var channels = mean.Dims[0];
        return graph.BatchNormalization(
            name, x,
            graph.Initializer(weights.Scale ?? Filled($"{name}/scale", channels, 1)),
            graph.Initializer(weights.Shift ?? Filled($"{name}/shift", channels, 0)),
            graph.Initializer(mean), graph.Initializer(variance), (float)weights.Epsilon);
    }

    /// <summary>By the statistics over the last dimensions, as many as γ has.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">γ, which has to be there, and β, in the shape of the last dimensions.</param>
    /// <param name="x">The data.</param>
    public static string AddLayer(GraphBuilder graph, string name, NormalizationWeights weights, string x)
    {
        if (!graph.Operators.Contains(Operators.LayerNormalization))
        {
            return AddSpelledOut(graph, name, weights, x);
        }

        var scale = weights.Scale
            ?? throw new ArgumentException("A layer's normalization needs a scale.", nameof(weights));
        return graph.LayerNormalization(
            name, x, graph.Initializer(scale), weights.Shift is null ? "" : graph.Initializer(weights.Shift),
            -scale.Dims.Count, (float)weights.Epsilon);
    }

    /// <summary>By the statistics of each group of channels.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">γ and β <c>[channels]</c>.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="x"><c>[batch, channels, …]</c></param>
    public static string AddGroup(GraphBuilder graph, string name, NormalizationWeights weights, long groups, string x)
    {
        var grouped = graph.Reshape($"{name}/grouped", x, 0, groups, -1);
        var ones = graph.Initializer(Filled($"{name}/ones", groups, 1));
        var zeros = graph.Initializer(Filled($"{name}/zeros", groups, 0));
        var normalized = graph.InstanceNormalization(
            $"{name}/normalized_groups", grouped, ones, zeros, (float)weights.Epsilon);
        var isLast = weights.Scale is null && weights.Shift is null;
        var y = graph.ReshapeTo(isLast ? name : $"{name}/normalized", normalized, graph.Shape($"{name}/shape", x));
        var rank = graph.ShapeOf(x)?.Count ?? 0;
        return AddScaleAndShift(
            graph, name, y,
            weights with { Scale = ForRank(weights.Scale, rank), Shift = ForRank(weights.Shift, rank) });
    }

    private static string AddSpelledOut(GraphBuilder graph, string name, NormalizationWeights weights, string x)
    {
        var axes = Enumerable.Range(1, weights.Scale!.Dims.Count).Select(i => -(long)i).Order().ToArray();
        var mean = graph.ReduceMean($"{name}/mean", x, axes, keepDimensions: true);
        var centered = graph.Sub($"{name}/centered", x, mean);
        var square = graph.Mul($"{name}/square", centered, centered);
        var variance = graph.ReduceMean($"{name}/variance", square, axes, keepDimensions: true);
        var positive = graph.Add($"{name}/variance_and_epsilon", variance, graph.Scalar((float)weights.Epsilon));
        var deviation = graph.Sqrt($"{name}/deviation", positive);
        return AddScaleAndShift(graph, name, graph.Div($"{name}/normalized", centered, deviation), weights);
    }

    private static string AddScaleAndShift(GraphBuilder graph, string name, string x, NormalizationWeights weights)
    {
        if (weights.Scale is not null)
        {
            x = graph.Mul(weights.Shift is null ? name : $"{name}/scaled", x, graph.Initializer(weights.Scale));
        }

        return weights.Shift is null ? x : graph.Add(name, x, graph.Initializer(weights.Shift));
    }

    private static TensorProto? ForRank(TensorProto? weights, int rank) =>
        weights is null ? null : Channels.Broadcast(weights, rank);

    private static TensorProto Filled(string name, long count, float value) =>
        Tensors.Float(name, [count], [.. Enumerable.Repeat(value, (int)count)]);
}
