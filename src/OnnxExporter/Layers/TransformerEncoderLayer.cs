using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>The weights of one layer of a Transformer's encoder.</summary>
/// <param name="Attention">The attention of the sequence to itself.</param>
/// <param name="Expansion">The first layer of the network that is applied to each step.</param>
/// <param name="Contraction">The second.</param>
/// <param name="UsesGelu">Whether GELU stands between the two, else ReLU.</param>
/// <param name="AttentionNorm">After the attention.</param>
/// <param name="NetworkNorm">After the network.</param>
internal sealed record EncoderLayerWeights(
    MultiheadWeights Attention,
    LinearWeights Expansion,
    LinearWeights Contraction,
    bool UsesGelu,
    NormalizationWeights AttentionNorm,
    NormalizationWeights NetworkNorm);

/// <summary>
/// Layers of attention and a network for each step, each with a residual connection that is normalized after the sum
/// (Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.1).
/// </summary>
internal static class TransformerEncoderLayer
{
    /// <summary>Adds one layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">The sequences <c>[sequence, batch, embedding]</c>.</param>
    /// <param name="mask">As <see cref="AttentionInputs.Mask"/>; empty where left out.</param>
    /// <param name="isPadding">As <see cref="AttentionInputs.IsPadding"/>; empty where left out.</param>
    /// <returns><c>[sequence, batch, embedding]</c></returns>
    public static string AddLayer(
        GraphBuilder graph, string name, EncoderLayerWeights weights, string x, string mask = "", string isPadding = "")
    {
        var inputs = new AttentionInputs(x, x, x, isPadding, mask);
        var (attended, _) = MultiheadAttentionLayer.Add(graph, $"{name}.self_attn", weights.Attention, inputs);
        var attentionSum = graph.Add($"{name}/attention_residual", x, attended);
        var y = Normalization.AddLayer(graph, $"{name}.norm1", weights.AttentionNorm, attentionSum);
        var expanded = LinearLayer.Add(graph, $"{name}.linear1", weights.Expansion.Weight, weights.Expansion.Bias, y);
        var bent = weights.UsesGelu
            ? Activations.AddGelu(graph, $"{name}/gelu", expanded)
            : graph.Relu($"{name}/relu", expanded);
        var (contraction, bias) = weights.Contraction;
        var contracted = LinearLayer.Add(graph, $"{name}.linear2", contraction, bias, bent);
        var networkSum = graph.Add($"{name}/network_residual", y, contracted);
        return Normalization.AddLayer(graph, $"{name}.norm2", weights.NetworkNorm, networkSum);
    }
}
