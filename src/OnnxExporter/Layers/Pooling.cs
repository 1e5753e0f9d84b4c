using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// From the states of all steps to one vector a text. Steps after a text's end are replaced, not multiplied by zero:
/// what a runtime leaves there may be anything, even no number.
/// </summary>
internal static class Pooling
{
    /// <summary>Smaller than every state, yet finite, so that no runtime meets ∞ − ∞.</summary>
    internal const float Lowest = float.MinValue;

    /// <summary>The largest value of each component over a text's steps.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="states">The states <c>[sequence, batch, size]</c>.</param>
    /// <param name="padding">Which steps count.</param>
    /// <returns><c>[batch, size]</c></returns>
    public static string AddMax(GraphBuilder graph, string name, string states, PaddingMask padding)
    {
        var masked = graph.Where($"{name}/masked", padding.Mask, states, graph.Scalar(Lowest));
        return graph.ReduceMax(name, masked, axis: 0);
    }

    /// <summary>The mean of each component over a text's steps.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="states">The states <c>[sequence, batch, size]</c>.</param>
    /// <param name="padding">Which steps count.</param>
    /// <returns><c>[batch, size]</c></returns>
    public static string AddMean(GraphBuilder graph, string name, string states, PaddingMask padding)
    {
        var masked = graph.Where($"{name}/masked", padding.Mask, states, graph.Scalar(0f));
        var sum = graph.ReduceSum($"{name}/sum", masked, axis: 0);
        return graph.Div(name, sum, padding.Counts);
    }

    /// <summary>The largest values, then the means.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="states">The states <c>[sequence, batch, size]</c>.</param>
    /// <param name="padding">Which steps count.</param>
    /// <returns><c>[batch, 2·size]</c></returns>
    public static string AddMaxMean(GraphBuilder graph, string name, string states, PaddingMask padding)
    {
        var max = AddMax(graph, $"{name}/max", states, padding);
        var mean = AddMean(graph, $"{name}/mean", states, padding);
        return graph.Concat(name, [max, mean], axis: 1);
    }
}
