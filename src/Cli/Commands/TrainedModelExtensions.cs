using OnnxSentiment.Parity;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>TorchSharp as one of the computations that parity compares.</summary>
internal static class TrainedModelExtensions
{
    /// <summary>
    /// The checkpoint as it was trained, in single precision; the model has to stay undisposed while the runner is
    /// used.
    /// </summary>
    internal static Runner ToRunner(this TrainedModel model) =>
        new("TorchSharp", batch => ModelOutputs.OfLogits(model.Logits(batch), batch.Count));
}
