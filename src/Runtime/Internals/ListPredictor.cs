using System.Buffers;
using System.Runtime.ExceptionServices;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Runtime.Internals;

/// <summary>Predicts many texts: encoded in parallel, run in batches of similar length side by side, put back in order.</summary>
internal sealed class ListPredictor(SentimentModel model, TextEncoder encoder, SentimentModelOptions options)
{
    // Bounds the encoded texts in memory (at 200 ids a text: 13 MB) and is enough to find neighbours of similar length.
    private const int TextsAtOnce = 8_192;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = options.Threads };

    public SentimentPrediction[] Predict(IReadOnlyList<string> texts)
    {
        var predictions = new SentimentPrediction[texts.Count];
        for (var start = 0; start < predictions.Length; start += TextsAtOnce)
        {
            var count = Math.Min(TextsAtOnce, predictions.Length - start);
            PredictPart(texts, start, predictions.AsMemory(start, count));
        }

        return predictions;
    }

    private void PredictPart(IReadOnlyList<string> texts, int start, Memory<SentimentPrediction> predictions)
    {
        var encoded = new long[predictions.Length][];
        ForEach(encoded.Length, i => encoded[i] = encoder.Encode(TextAt(texts, start + i)));

        var plan = BatchPlan.Create(Array.ConvertAll(encoded, ids => ids.Length), options.MaximumBatchTokens);
        ForEach(plan.Batches.Count, i => PredictBatch(encoded, plan.Order.AsSpan(plan.Batches[i]), predictions.Span));
    }

    private static string TextAt(IReadOnlyList<string> texts, int i) =>
        texts[i] ?? throw new ArgumentException($"Text {i} is null.", nameof(texts));

    private void PredictBatch(long[][] encoded, ReadOnlySpan<int> rows, Span<SentimentPrediction> predictions)
    {
        var sequenceLength = encoded[rows[0]].Length;
        var size = rows.Length * sequenceLength;
        var ids = ArrayPool<long>.Shared.Rent(size);
        var outputs = ArrayPool<float>.Shared.Rent(2 * rows.Length);
        var logits = outputs.AsSpan(0, rows.Length);
        var probabilities = outputs.AsSpan(rows.Length, rows.Length);

        Pad(encoded, rows, sequenceLength, ids);
        model.Score(ids.AsSpan(0, size), sequenceLength, logits, probabilities);
        for (var row = 0; row < rows.Length; row++)
        {
            predictions[rows[row]] = model.ToPrediction(logits[row], probabilities[row]);
        }

        ArrayPool<long>.Shared.Return(ids);
        ArrayPool<float>.Shared.Return(outputs);
    }

    private static void Pad(long[][] encoded, ReadOnlySpan<int> rows, int sequenceLength, Span<long> ids)
    {
        foreach (var row in rows)
        {
            encoded[row].CopyTo(ids);
            ids[encoded[row].Length..sequenceLength].Fill(Vocabulary.PaddingId);
            ids = ids[sequenceLength..];
        }
    }

    private void ForEach(int count, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, _parallel, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
