using OnnxSentiment.Core;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Text to ids on one core.</summary>
internal static class TokenizerCommand
{
    private static readonly int RoundCount = Effort.Rounds(9);

    public static int Run()
    {
        var probe = new TokenizerProbe(Reviews.Read(), Checkpoint.Load(Checkout.Checkpoint));
        var speeds = probe.Run(RoundCount);
        var report = new Report("Tokenizing", "build/bench.sh tokenizer");
        report.Add($"""
            {Format(probe.Megabytes, "0.0")} MB of real reviews (UTF-8, though .NET holds them as UTF-16), one thread,
            ids into a buffer that is there already; megabytes for each second of processor time, medians of
            {RoundCount} rounds by turns. The model reads the last {probe.MaximumLength} ids of a text, and the encoder
            begins at the end and stops early: the second line therefore counts bytes that are never read. The first
            line is the honest one.
            """);
        report.AddTable(
            ["what", "MB/s a core", "lowest", "highest"],
            speeds.Select(speed => (IReadOnlyList<string>)
                [
                    speed.Key, Format(speed.Value.Median, "#,0"), Format(speed.Value.Minimum, "#,0"),
                    Format(speed.Value.Maximum, "#,0"),
                ]));
        report.Save("tokenizer.md");
        return 0;
    }
}
