using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>A loaded model as one of the computations that are compared.</summary>
public static class SentimentModelExtensions
{
    internal const string RunnerName = "ONNX Runtime";

    /// <summary>
    /// The model as a runner, under the name <c>ONNX Runtime</c>, where it runs; it has to stay undisposed while the
    /// runner is used.
    /// </summary>
    public static Runner ToRunner(this SentimentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(RunnerName, batch =>
        {
            var count = batch.Count * model.LogitCount;
            var (logits, probabilities) = (new float[count], new float[count]);
            model.Score(batch, logits, probabilities);
            return ModelOutputs.Of(logits, probabilities, model.LogitCount);
        });
    }

    /// <summary>What the model gives texts, for one that tokenizes itself too.</summary>
    internal static ModelOutputs OutputsOf(this SentimentModel model, IReadOnlyList<SentimentPrediction> predictions) =>
        ModelOutputs.Of(
            [.. predictions.SelectMany(prediction => prediction.Logits)],
            [.. predictions.SelectMany(p => model.LogitCount == 1 ? [p.Probability] : p.Probabilities)],
            model.LogitCount);
}
