using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>A loaded model as one of the computations that are compared.</summary>
public static class SentimentModelExtensions
{
    /// <summary>
    /// The model as a runner, under the name <c>ONNX Runtime</c>, where it runs; it has to stay undisposed while the
    /// runner is used.
    /// </summary>
    public static Runner ToRunner(this SentimentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new("ONNX Runtime", batch =>
        {
            var count = batch.Count * model.LogitCount;
            var (logits, probabilities) = (new float[count], new float[count]);
            model.Score(batch, logits, probabilities);
            return ModelOutputs.Of(logits, probabilities, model.LogitCount);
        });
    }
}
