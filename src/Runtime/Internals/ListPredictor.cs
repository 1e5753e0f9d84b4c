using System.Runtime.ExceptionServices;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Predicts many texts: encoded in parallel, run in batches of similar length side by side, put back in order.</summary>
internal sealed class ListPredictor(SentimentModel model, TextEncoder encoder, RunLimits limits)
{
    // Bounds the encoded texts in memory, 16 MB of ids, and is enough to find neighbours of similar length.
    private readonly int _textsAtOnce = Math.Clamp(2_000_000 / encoder.Settings.MaximumLength, 1, 8_192);

    /// <summary>Encodes and predicts texts.</summary>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public SentimentPrediction[] Predict(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var predictions = new SentimentPrediction[texts.Count];
        for (var start = 0; start < predictions.Length; start += _textsAtOnce)
        {
            var part = predictions.AsMemory(start, Math.Min(_textsAtOnce, predictions.Length - start));
            Predict(Encode(texts, start, part.Length, cancellation), part, cancellation);
        }

        return predictions;
    }

    /// <summary>Predicts encoded texts.</summary>
    public void Predict(long[][] encoded, Memory<SentimentPrediction> predictions, CancellationToken cancellation)
    {
        var plan = BatchPlan.Create(Array.ConvertAll(encoded, ids => ids.Length), limits.BatchTokens);
        ForEach(
            plan.Batches.Count,
            limits.Runs,
            i => PredictBatch(encoded, plan.Order.AsSpan(plan.Batches[i]), predictions.Span, cancellation),
            cancellation);
    }

    private long[][] Encode(IReadOnlyList<string> texts, int start, int count, CancellationToken cancellation)
    {
        var encoded = new long[count][];
        ForEach(count, limits.Encoders, i => encoded[i] = encoder.Encode(TextAt(texts, start + i)), cancellation);
        return encoded;
    }

    private static string TextAt(IReadOnlyList<string> texts, int i) =>
        texts[i] ?? throw new ArgumentException($"Text {i} is null.", nameof(texts));

    private void PredictBatch(
        long[][] encoded, ReadOnlySpan<int> rows, Span<SentimentPrediction> predictions, CancellationToken cancellation)
    {
        var length = encoded[rows[0]].Length;
        using var run = model.Session.Begin();
        var ids = run.Ids(rows.Length * length);
        foreach (var row in rows)
        {
            ids = Padding.FillRow(encoded[row], length, ids);
        }

        run.Compute(rows.Length, length, cancellation);
        for (var row = 0; row < rows.Length; row++)
        {
            predictions[rows[row]] = model.ToPrediction(run, row);
        }
    }

    private static void ForEach(int count, int sideBySide, Action<int> body, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, count, parallel, body);
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
