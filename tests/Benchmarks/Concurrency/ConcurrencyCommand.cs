using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Latency and throughput under concurrency.</summary>
internal static class ConcurrencyCommand
{
    public const int CallerCount = 64;

    private static readonly int RoundCount = Effort.Rounds(3);

    private static readonly TimeSpan Time = Effort.Time(5);

    public static int Run()
    {
        var reviews = Reviews.Read();
        var report = new Report($"{CallerCount} callers of one model", "build/bench.sh concurrency");
        report.Add($"""
            A closed loop: {CallerCount} callers, each with real reviews of its own, ask for the next text as soon as
            they have an answer. {RoundCount} rounds of {Time.TotalSeconds} s by turns; medians of the rounds. A call
            waits most of its time, on average callers ÷ texts a second. On threads of its own, a caller whose turn it
            is has several short answers, and all the others wait long. In the order of their calls all wait alike.
            Batched together, texts of about the length of the first one overtake.
            """);
        report.AddTable(
            ["way", "weights", "texts/s", "texts a processor second", "p50, ms", "p99, ms", "longest, ms"],
            [.. Rows(reviews, Checkout.Model, "float32"), .. Rows(reviews, Checkout.Int8Model, "int8")]);
        report.Save("concurrency.md");
        return 0;
    }

    private static IEnumerable<string[]> Rows(Reviews reviews, string model, string weights)
    {
        using var probe = new ConcurrencyProbe(reviews, model);
        foreach (var (way, loads) in probe.Run(RoundCount, CallerCount, Time))
        {
            yield return
            [
                way, weights, Median(loads, load => load.TextsPerSecond, "#,0"),
                Median(loads, load => load.TextsPerProcessorSecond, "#,0"), Median(loads, load => load.P50, "0.0"),
                Median(loads, load => load.P99, "0.0"), Median(loads, load => load.Longest, "0.0"),
            ];
        }
    }

    private static string Median(IReadOnlyList<Load> loads, Func<Load, double> figure, string format) =>
        Format(Series.Quantile(loads.Select(figure), 0.5), format);
}
