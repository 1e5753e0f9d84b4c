using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Benchmarks.Measuring;

/// <summary>
/// The operations that a one-layer LSTM cannot do without: for each real token and direction, the products of the token's
/// embedding (E) and of the state (H) with the weights of four gates, a multiplication and an addition counted as two:
/// <c>2 · 4·H·(E+H) · directions</c>. Padding, activations and the readout are not counted.
/// </summary>
internal static class UsefulArithmetic
{
    public static double PerToken(ModelConfig model) =>
        2.0 * 4 * model.HiddenSize * (model.EmbeddingSize + model.HiddenSize) * model.Directions;

    /// <summary>For all texts together.</summary>
    public static double Of(IEnumerable<string> texts, TextEncoder encoder, ModelConfig model) =>
        texts.Sum(text => (double)encoder.Encode(text).Length) * PerToken(model);
}
