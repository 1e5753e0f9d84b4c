namespace OnnxSentiment.Runtime;

/// <summary>
/// The names under which the library reports what it does, of all models of the process together: instruments of
/// <see cref="System.Diagnostics.Metrics"/> and activities. Nothing of a text is ever in them, and they cost next to
/// nothing while nobody listens.
/// </summary>
public static class SentimentTelemetry
{
    /// <summary>
    /// The meter, with <c>onnx_sentiment.texts</c>, <c>.tokens</c>, <c>.padding</c> and <c>.refused</c> (counters, the
    /// last with the <c>reason</c> <c>queue_full</c> or <c>deadline</c>), <c>.batch.size</c> (texts a run),
    /// <c>.run.duration</c> and <c>.queue.duration</c> (histograms, seconds).
    /// </summary>
    public const string MeterName = "OnnxSentiment.Runtime";

    /// <summary>
    /// The activity source, with <c>sentiment.predict</c> and <c>sentiment.explain</c> for a call, and
    /// <c>sentiment.batch</c> for a run that several callers share, linked to theirs.
    /// </summary>
    public const string ActivitySourceName = "OnnxSentiment.Runtime";
}
