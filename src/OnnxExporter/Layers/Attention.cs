using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>The weights of the word attention, as PyTorch's linear layers hold them.</summary>
/// <param name="Size">Components of a state.</param>
/// <param name="Projection">W <c>[size, size]</c>, row by row.</param>
/// <param name="ProjectionBias">b <c>[size]</c>.</param>
/// <param name="Context">u <c>[size]</c>.</param>
internal sealed record AttentionWeights(
    int Size, ReadOnlyMemory<float> Projection, ReadOnlyMemory<float> ProjectionBias, ReadOnlyMemory<float> Context);

/// <summary>
/// The mean of the states weighted by softmax over time of <c>u · tanh(W h + b)</c> (Yang et al., "Hierarchical
/// Attention Networks for Document Classification", NAACL 2016, equations 5 to 7).
/// </summary>
internal static class Attention
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="states">The states <c>[sequence, batch, size]</c>.</param>
    /// <param name="padding">Which steps count.</param>
    /// <returns><c>[batch, size]</c></returns>
    public static string Add(
        GraphBuilder graph, string name, AttentionWeights weights, string states, PaddingMask padding)
    {
        var scores = AddScores(graph, name, weights, states);
        var maskedScores = graph.Where($"{name}/masked_scores", padding.Mask, scores, graph.Scalar(Pooling.Lowest));
        var shares = graph.Softmax($"{name}/shares", maskedScores, axis: 0);
        var maskedStates = graph.Where($"{name}/masked_states", padding.Mask, states, graph.Scalar(0f));
        var weighted = graph.Mul($"{name}/weighted_states", maskedStates, shares);
        return graph.ReduceSum(name, weighted, axis: 0);
    }

    private static string AddScores(GraphBuilder graph, string name, AttentionWeights weights, string states)
    {
        long size = weights.Size;

        // MatMul computes h Wᵀ for a whole batch when its right side is Wᵀ.
        var transposed = Matrices.Transpose(weights.Projection.Span, weights.Size, weights.Size);
        var projection = graph.Initializer(Tensors.Float($"{name}/projection_transposed", [size, size], transposed));
        var bias = graph.Initializer(Tensors.Float($"{name}/projection_bias", [size], weights.ProjectionBias.Span));
        var context = graph.Initializer(Tensors.Float($"{name}/context", [size, 1], weights.Context.Span));
        var projected = graph.Add($"{name}/projected", graph.MatMul($"{name}/product", states, projection), bias);
        return graph.MatMul($"{name}/scores", graph.Tanh($"{name}/hidden", projected), context);
    }
}
