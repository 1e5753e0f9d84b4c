using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>Runs a network without training it.</summary>
public static class NetworkEvaluation
{
    private const int BatchSize = 128;

    /// <summary>The logits of a batch, dropout off.</summary>
    /// <returns>Row by row, <c>[batch, outputs]</c>.</returns>
    public static float[] Predict(this SentimentNetwork network, TokenBatch texts) => network.Predict(texts, workers: null);

    /// <summary>The logits of any number of texts, in their order, dropout off.</summary>
    /// <returns>Row by row, <c>[texts, outputs]</c>.</returns>
    public static float[] Predict(this SentimentNetwork network, IReadOnlyList<long[]> texts) =>
        network.Predict(texts, workers: null, CancellationToken.None);

    private static float[] Predict(this SentimentNetwork network, TokenBatch texts, TorchWorkers? workers)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        network.eval();
        return network.Logits(texts, workers is null ? null : new Tape(workers)).data<float>().ToArray();
    }

    private static float[] Predict(
        this SentimentNetwork network, IReadOnlyList<long[]> texts, TorchWorkers? workers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(texts);
        var outputs = network.Outputs;
        var logits = new float[texts.Count * outputs];
        foreach (var batch in BatchPlan.ForEvaluation(texts, BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var results = network.Predict(TokenBatch.Pad([.. batch.Select(text => texts[text])]), workers);
            for (var i = 0; i < batch.Length; i++)
            {
                results.AsSpan(i * outputs, outputs).CopyTo(logits.AsSpan(batch[i] * outputs));
            }
        }

        return logits;
    }

    /// <summary>Mean cross-entropy in nats, and the share of texts classified rightly.</summary>
    /// <param name="network">The network.</param>
    /// <param name="texts">The texts and what is right.</param>
    /// <param name="cancellation">Ends it within a batch.</param>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static (double Loss, double Accuracy) Evaluate(
        this SentimentNetwork network, EncodedTexts texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(texts);
        return ClassificationLoss.Measure(network.PredictRows(texts.Ids, cancellation: cancellation), texts.Targets);
    }

    /// <summary>The logits of any number of texts, a row of outputs for each.</summary>
    /// <param name="network">The network.</param>
    /// <param name="texts">The ids of each text.</param>
    /// <param name="workers">For the faster way that training takes through LSTMs; null for libtorch's own.</param>
    /// <param name="cancellation">Ends it within a batch.</param>
    internal static float[][] PredictRows(
        this SentimentNetwork network, IReadOnlyList<long[]> texts, TorchWorkers? workers = null, CancellationToken cancellation = default) =>
        [.. network.Predict(texts, workers, cancellation).Chunk(network.Outputs)];
}
