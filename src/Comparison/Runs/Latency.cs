using System.Diagnostics;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Comparison;

/// <summary>How long a user waits for one text.</summary>
internal static class Latency
{
    private const int WarmUps = 50;

    /// <summary>The median time of one call with one text at a time, on the calling thread, in milliseconds.</summary>
    internal static double MedianMilliseconds(
        SentimentModel model, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            model.Predict(texts[i % texts.Count]);
        }

        var times = texts.Select(text => Time(model, text, cancellation)).Order().ToArray();
        return times[times.Length / 2];
    }

    private static double Time(SentimentModel model, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        model.Predict(text);
        return clock.Elapsed.TotalMilliseconds;
    }
}
