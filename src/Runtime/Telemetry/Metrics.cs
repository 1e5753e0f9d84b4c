using System.Diagnostics.Metrics;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>The instruments.</summary>
internal static class Metrics
{
    /// <summary>A reason for <see cref="OnRefused"/>.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>A reason for <see cref="OnRefused"/>.</summary>
    public const string DeadlinePassed = "deadline";

    // Seconds, from a short text on a fast processor to a long wait; the usual buckets begin where this library ends.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    };

    private static readonly Meter Meter = new(SentimentTelemetry.MeterName);

    private static readonly Counter<long> Texts = Meter.CreateCounter<long>(
        "onnx_sentiment.texts", "{text}", "Texts computed, those of explanations and health checks too.");

    private static readonly Counter<long> Tokens =
        Meter.CreateCounter<long>("onnx_sentiment.tokens", "{token}", "Ids computed, padding not counted.");

    private static readonly Counter<long> Padding =
        Meter.CreateCounter<long>("onnx_sentiment.padding", "{token}", "Ids of padding computed beside them.");

    private static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("onnx_sentiment.batch.size", "{text}", "Texts in one run.", tags: null, Sizes);

    private static readonly Histogram<double> RunTime = Meter.CreateHistogram<double>(
        "onnx_sentiment.run.duration", "s", "Time of one run of the graph.", tags: null, Seconds);

    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>(
        "onnx_sentiment.queue.duration", "s", "Time a text waited to be put into a batch.", tags: null, Seconds);

    private static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("onnx_sentiment.refused", "{text}", "Texts that a queue did not compute, by reason.");

    /// <summary>After a run.</summary>
    /// <param name="rows">The texts.</param>
    /// <param name="ids">All their ids, padding included; none of a graph that reads texts.</param>
    /// <param name="time">From the run's beginning to its end.</param>
    public static void OnRun(int rows, ReadOnlySpan<long> ids, TimeSpan time)
    {
        Texts.Add(rows);
        BatchSize.Record(rows);
        RunTime.Record(time.TotalSeconds);
        if (Tokens.Enabled || Padding.Enabled)
        {
            var padding = ids.Count(Vocabulary.PaddingId);
            Tokens.Add(ids.Length - padding);
            Padding.Add(padding);
        }
    }

    /// <summary>When texts are not computed because the model is asked for more than it can compute.</summary>
    public static void OnRefused(string reason, int texts) =>
        Refused.Add(texts, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>When a text leaves the queue.</summary>
    public static void OnDequeued(TimeSpan waited) => QueueTime.Record(waited.TotalSeconds);
}
