using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>Runs a network without training it: dropout off, no gradients.</summary>
internal static class NetworkEvaluation
{
    private const int BatchSize = 128;

    /// <summary>The logits of a batch.</summary>
    /// <returns>Row by row, <c>[batch, logits]</c>.</returns>
    internal static float[] Predict(this SentimentNetwork network, TokenBatch texts)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        network.eval();
        return network.Logits(texts).data<float>().ToArray();
    }

    /// <summary>The logits of any number of texts, in their order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="texts">The ids of each text.</param>
    /// <param name="cancellation">Ends it within a batch.</param>
    /// <returns>A row for each text.</returns>
    internal static float[][] Predict(
        this SentimentNetwork network, IReadOnlyList<long[]> texts, CancellationToken cancellation = default)
    {
        var rows = new float[texts.Count][];
        foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(text => texts[text].Length).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var logits = network.Predict(TokenBatch.Pad([.. batch.Select(text => texts[text])]));
            foreach (var (row, text) in logits.Chunk(network.LogitCount).Zip(batch))
            {
                rows[text] = row;
            }
        }

        return rows;
    }

    /// <summary>Mean cross-entropy in nats, and the share of texts classified correctly.</summary>
    /// <param name="network">The network.</param>
    /// <param name="texts">The texts and their targets.</param>
    /// <param name="cancellation">Ends it within a batch.</param>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    internal static (double Loss, double Accuracy) Evaluate(
        this SentimentNetwork network, EncodedTexts texts, CancellationToken cancellation = default) =>
        ClassificationLoss.Measure(network.Predict(texts.Ids, cancellation), texts.Targets);
}
