using System.Diagnostics.Metrics;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Runtime.Internals.Telemetry;

/// <summary>The instruments.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new(SentimentTelemetry.MeterName);

    private static readonly Counter<long> Texts =
        Meter.CreateCounter<long>("onnx_sentiment.texts", "{text}", "Texts computed.");

    private static readonly Counter<long> Tokens =
        Meter.CreateCounter<long>("onnx_sentiment.tokens", "{token}", "Ids computed, padding not counted.");

    private static readonly Counter<long> Padding =
        Meter.CreateCounter<long>("onnx_sentiment.padding", "{token}", "Ids of padding computed beside them.");

    private static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("onnx_sentiment.batch.size", "{text}", "Texts in one run.");

    private static readonly Histogram<double> RunTime =
        Meter.CreateHistogram<double>("onnx_sentiment.run.duration", "s", "Time of one run of the graph.");

    private static readonly Histogram<double> QueueTime =
        Meter.CreateHistogram<double>("onnx_sentiment.queue.duration", "s", "Time a text waited to be put into a batch.");

    /// <summary>After a run.</summary>
    /// <param name="rows">The texts.</param>
    /// <param name="ids">All their ids, padding included.</param>
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

    /// <summary>When a text leaves the queue.</summary>
    public static void OnDequeued(TimeSpan waited) => QueueTime.Record(waited.TotalSeconds);
}
