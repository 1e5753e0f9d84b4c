using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// The operations that a one-layer LSTM cannot do without: for each real token and direction, the products of the
/// token's embedding (E) and of the state (H) with the weights of four gates, a multiplication and an addition counted
/// as two:
/// <c>2 · 4·H·(E+H) · directions</c>. Padding, activations and the readout are not counted.
/// </summary>
internal static class UsefulArithmetic
{
    public static double PerToken(ModelConfig model) =>
        2.0 * 4 * model.HiddenSize * (model.EmbeddingSize + model.HiddenSize) * model.Directions;

    /// <summary>
    /// A training step's share for a real token: forward, and back-propagation's two products of the same size for
    /// each, to the inputs and to the weights.
    /// </summary>
    public static double OfTraining(ModelConfig model) => 3 * PerToken(model);

    /// <summary>For all texts together.</summary>
    public static double Of(IEnumerable<string> texts, TextEncoder encoder, ModelConfig model) =>
        texts.Sum(text => (double)encoder.Encode(text).Length) * PerToken(model);
}
