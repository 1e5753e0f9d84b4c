using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Measures what the bounds are about, and nothing else. A ratio compares two things of the same run, round by round;
/// the two bounds in milliseconds and megabytes a second are meant for a machine that does nothing else.
/// </summary>
internal static class CheckCommand
{
    private static readonly int RoundCount = Effort.Rounds(9);

    /// <returns>0 if every bound is met, 1 otherwise.</returns>
    public static int Run()
    {
        var reviews = Reviews.Read();
        var checkpoint = Checkpoint.Load(Checkout.Checkpoint);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        Bound[] bounds =
        [
            .. Throughput(reviews, checkpoint, encoder),
            .. Latency(reviews, encoder),
            .. Tokenizing(reviews, checkpoint),
            .. Concurrency(reviews),
        ];
        return Judge(bounds);
    }

    private static IEnumerable<Bound> Throughput(Reviews reviews, Checkpoint checkpoint, TextEncoder encoder)
    {
        using var contest = new Contest(reviews, Entries.Bounded(reviews, encoder));
        var (outcomes, product) = contest.Run(RoundCount);
        var operations = UsefulArithmetic.Of(reviews.Texts, encoder, checkpoint.Config.Model) / reviews.Texts.Count;
        var speeds = outcomes.ToDictionary(outcome => outcome.Entry.Name, outcome => outcome.TextsPerSecond);
        double OfUsual(string name) => speeds[name].Over(speeds[Entries.Usual]).Median;
        double OfKernels(string name, string kernels) => speeds[name].Over(speeds[kernels]).Median;
        double OfProduct(string name) => speeds[name].Times(operations).Over(product).Median;
        yield return Bound.AtLeast("float32 list, times the usual call", OfUsual(Entries.Ours), 3.4);
        yield return Bound.AtLeast("int8 list, times the usual call", OfUsual(Entries.OursInt8), 4.8);
        yield return Bound.AtLeast(
            "float32 list, share of what the bare kernels give", OfKernels(Entries.Ours, Entries.Kernels), 0.9);
        yield return Bound.AtLeast(
            "int8 list, share of what the bare kernels give", OfKernels(Entries.OursInt8, Entries.KernelsInt8), 0.9);
        yield return Bound.AtLeast(
            "float32 list, useful arithmetic as a share of the float32 matrix product", OfProduct(Entries.Ours), 0.68);
        yield return Bound.AtLeast(
            "int8 list, useful arithmetic as a share of the float32 matrix product", OfProduct(Entries.OursInt8), 0.95);
    }

    private static IEnumerable<Bound> Latency(Reviews reviews, TextEncoder encoder)
    {
        using var probe = new LatencyProbe(reviews, encoder, ids: 50);
        var figures = probe.Run(RoundCount);
        yield return Bound.AtMost("one text of 50 ids, p50 in ms", figures.Ours.Median, 0.25);
        yield return Bound.AtMost(
            "one text of 50 ids, times the bare call", figures.Ours.Over(figures.Bare).Median, 1.15);
        yield return Bound.AtMost("one text of 50 ids, bytes allocated a call", figures.BytesPerCall, 0);
    }

    private static IEnumerable<Bound> Tokenizing(Reviews reviews, Checkpoint checkpoint)
    {
        var speeds = new TokenizerProbe(reviews, checkpoint).Run(RoundCount);
        var ours = speeds[TokenizerProbe.WholeText];
        yield return Bound.AtLeast("tokenizing whole texts, MB/s a core", ours.Median, 100);
        yield return Bound.AtLeast(
            "tokenizing whole texts, times the way with strings", ours.Over(speeds[TokenizerProbe.WithStrings]).Median,
            2);
    }

    private static IEnumerable<Bound> Concurrency(Reviews reviews)
    {
        using var probe = new ConcurrencyProbe(reviews, Checkout.Model);
        var loads = probe.Run(Effort.Rounds(5), ConcurrencyCommand.CallerCount, Effort.Time(2));
        var ratio = Series.Quantile(
            loads[ConcurrencyProbe.Batching].Zip(
                loads[ConcurrencyProbe.Direct],
                (batching, direct) => batching.TextsPerProcessorSecond / direct.TextsPerProcessorSecond), 0.5);
        yield return Bound.AtLeast(
            "64 callers, texts a processor second: batched together, times each on its own", ratio, 1);
    }

    private static int Judge(IReadOnlyList<Bound> bounds)
    {
        var report = new Report("Bounds", "build/bench.sh --check");
        Judgement.AddTo(report, bounds);
        report.Save("bounds.md");
        return Judgement.ExitCode(bounds);
    }
}
