using System.Runtime.ExceptionServices;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Predicts many texts: prepared in parallel, run in batches of similar length in parallel, put back in order.
/// </summary>
internal sealed class ListPredictor(Engine engine, RunLimits limits)
{
    // Bounds the encoded texts in memory, 16 MB of ids, and is enough to find neighbors of similar length.
    private readonly int _textsAtOnce = Math.Clamp(2_000_000 / engine.Encoder.Settings.MaximumLength, 1, 8_192);

    /// <summary>Predicts texts.</summary>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public SentimentPrediction[] Predict(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var predictions = new SentimentPrediction[texts.Count];
        for (var start = 0; start < predictions.Length; start += _textsAtOnce)
        {
            var part = predictions.AsMemory(start, Math.Min(_textsAtOnce, predictions.Length - start));
            Predict(Prepare(texts, start, part.Length, cancellation), part, cancellation);
        }

        return predictions;
    }

    /// <summary>Predicts prepared texts.</summary>
    public void Predict(ModelInput[] inputs, Memory<SentimentPrediction> predictions, CancellationToken cancellation)
    {
        var plan = BatchPlan.Create(Array.ConvertAll(inputs, input => input.Length), limits.BatchTokens);
        ForEach(
            plan.Batches.Count,
            limits.Runs,
            i => PredictBatch(inputs, plan.Order.AsSpan(plan.Batches[i]), predictions.Span, cancellation),
            cancellation);
    }

    private ModelInput[] Prepare(IReadOnlyList<string> texts, int start, int count, CancellationToken cancellation)
    {
        var inputs = new ModelInput[count];
        ForEach(count, limits.Encoders, i => inputs[i] = engine.Prepare(TextAt(texts, start + i)), cancellation);
        return inputs;
    }

    private static string TextAt(IReadOnlyList<string> texts, int i) =>
        texts[i] ?? throw new ArgumentException($"Text {i} is null.", nameof(texts));

    private void PredictBatch(
        ModelInput[] inputs,
        ReadOnlySpan<int> rows,
        Span<SentimentPrediction> predictions,
        CancellationToken cancellation)
    {
        var batch = new ModelInput[rows.Length];
        for (var row = 0; row < batch.Length; row++)
        {
            batch[row] = inputs[rows[row]];
        }

        var results = new SentimentPrediction[rows.Length];
        engine.Predict(batch, results, cancellation);
        for (var row = 0; row < rows.Length; row++)
        {
            predictions[rows[row]] = results[row];
        }
    }

    private static void ForEach(int count, int parallelism, Action<int> body, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };
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
