using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>One linear layer.</summary>
/// <param name="Weight">W <c>[out, in]</c>.</param>
/// <param name="Bias">b <c>[out]</c>, or null for none.</param>
internal sealed record LinearWeights(TensorProto Weight, TensorProto? Bias);

/// <summary>The weights of a multi-head attention.</summary>
/// <param name="Heads">Into how many parts a vector is cut.</param>
/// <param name="Query">From a query to what is compared.</param>
/// <param name="Key">From a key to what is compared.</param>
/// <param name="Value">From a value to what is averaged.</param>
/// <param name="Output">From the averages of all heads, side by side, to the result.</param>
internal sealed record MultiheadWeights(
    int Heads, LinearWeights Query, LinearWeights Key, LinearWeights Value, LinearWeights Output);

/// <summary>What a multi-head attention reads, by name; empty where a mask is left out.</summary>
/// <param name="Query"><c>[target, batch, embedding]</c></param>
/// <param name="Key"><c>[source, batch, key size]</c></param>
/// <param name="Value"><c>[source, batch, value size]</c></param>
/// <param name="IsPadding">Boolean <c>[batch, source]</c>: keys that nobody may look at.</param>
/// <param name="Mask">
/// float <c>[target, source]</c>, added to the scores: −∞ where a query may not look at a key.
/// </param>
internal sealed record AttentionInputs(string Query, string Key, string Value, string IsPadding = "", string Mask = "");

/// <summary>
/// softmax(Q Kᵀ / √size) V in several heads (Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.2),
/// time first, as PyTorch's module without <c>batch_first</c>.
/// </summary>
internal static class MultiheadAttentionLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="inputs">What it reads.</param>
    /// <returns>
    /// The result <c>[target, batch, embedding]</c>, and how much each head looks at each key
    /// <c>[batch, heads, target, source]</c>.
    /// </returns>
    public static (
        string Output, string Shares) Add(GraphBuilder graph, string name, MultiheadWeights weights,
        AttentionInputs inputs)
    {
        var size = weights.Query.Weight.Dims[0];
        var query = AddHeads(graph, $"{name}/query", weights.Heads, weights.Query, inputs.Query, 1, 2, 0, 3);
        var key = AddHeads(graph, $"{name}/key", weights.Heads, weights.Key, inputs.Key, 1, 2, 3, 0);
        var value = AddHeads(graph, $"{name}/value", weights.Heads, weights.Value, inputs.Value, 1, 2, 0, 3);
        var scale = graph.Scalar(1 / MathF.Sqrt((float)size / weights.Heads));
        var scores = graph.MatMul($"{name}/scores", graph.Mul($"{name}/query/scaled", query, scale), key);
        var shares = graph.Softmax($"{name}/shares", AddMasks(graph, name, scores, inputs), axis: -1);
        var means = graph.MatMul($"{name}/means", shares, value);
        var timeFirst = graph.Transpose($"{name}/means_time_first", means, 2, 0, 1, 3);
        var joined = graph.Reshape($"{name}/heads_side_by_side", timeFirst, 0, 0, size);
        return (LinearLayer.Add(graph, name, weights.Output.Weight, weights.Output.Bias, joined), shares);
    }

    private static string AddHeads(
        GraphBuilder graph, string name, int heads, LinearWeights weights, string x, params ReadOnlySpan<long> order)
    {
        var projected = LinearLayer.Add(graph, name, weights.Weight, weights.Bias, x);
        var cut = graph.Reshape($"{name}/heads", projected, 0, 0, heads, weights.Weight.Dims[0] / heads);
        return graph.Transpose($"{name}/heads_first", cut, order);
    }

    private static string AddMasks(GraphBuilder graph, string name, string scores, AttentionInputs inputs)
    {
        if (inputs.Mask.Length > 0)
        {
            scores = graph.Add($"{name}/masked_scores", scores, inputs.Mask);
        }

        // Finite, so that a row that may look at nothing gives equal shares and no NaN.
        if (inputs.IsPadding.Length == 0)
        {
            return scores;
        }

        var isPadding = graph.Unsqueeze($"{name}/is_padding", inputs.IsPadding, 1, 2);
        return graph.Where($"{name}/unpadded_scores", isPadding, graph.Scalar(Pooling.Lowest), scores);
    }
}
