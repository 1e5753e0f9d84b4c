using System.Diagnostics.Metrics;

namespace OnnxSentiment.Runtime;

/// <summary>
/// What the library reports through <see cref="System.Diagnostics.Metrics"/>, of all models of the process together. Costs
/// next to nothing while nobody listens. Never holds anything of a text.
/// </summary>
public static class SentimentMetrics
{
    /// <summary>The name of the meter, to subscribe to.</summary>
    public const string MeterName = "OnnxSentiment.Runtime";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Texts =
        Meter.CreateCounter<long>("onnx_sentiment.texts", "{text}", "Texts computed.");

    private static readonly Counter<long> Tokens =
        Meter.CreateCounter<long>("onnx_sentiment.tokens", "{token}", "Ids computed, padding included.");

    private static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("onnx_sentiment.batch.size", "{text}", "Texts in one run.");

    private static readonly Histogram<double> RunTime =
        Meter.CreateHistogram<double>("onnx_sentiment.run.duration", "s", "Time of one run of the graph.");

    private static readonly Histogram<double> QueueTime =
        Meter.CreateHistogram<double>("onnx_sentiment.queue.duration", "s", "Time a text waited to be put into a batch.");

    internal static void OnRun(int texts, int tokens, TimeSpan time)
    {
        Texts.Add(texts);
        Tokens.Add(tokens);
        BatchSize.Record(texts);
        RunTime.Record(time.TotalSeconds);
    }

    internal static void OnDequeued(TimeSpan waited) => QueueTime.Record(waited.TotalSeconds);
}
