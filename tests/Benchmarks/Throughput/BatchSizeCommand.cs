using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Which <see cref="SentimentModelOptions.MaximumBatchTokens"/> is fastest on this machine.</summary>
internal static class BatchSizeCommand
{
    private static readonly int RoundCount = Effort.Rounds(7);

    private static readonly int[] Sizes = [512, 1_024, 1_200, 1_800, 2_048, 2_400, 4_096];

    public static int Run()
    {
        var reviews = Reviews.Read();
        using var contest = new Contest(
            reviews, [.. Entries(reviews, Checkout.Model, "float32"), .. Entries(reviews, Checkout.Int8Model, "int8")]);
        var (outcomes, product) = contest.Run(RoundCount);
        var report = new Report("Ids in one batch", "build/bench.sh batches");
        report.Add($"""
            `SentimentModelOptions.MaximumBatchTokens`, {reviews.Texts.Count:#,0} reviews by turns, medians of
            {RoundCount} rounds; the ratio is to float32 with {Sizes[1]:#,0}.
            """);
        var reference = outcomes[1].TextsPerSecond;
        report.AddTable(
            ["weights and ids", "texts/s", "lowest", "highest", "ratio"],
            outcomes.Select(outcome => (IReadOnlyList<string>)
            [
                outcome.Entry.Name, Format(outcome.TextsPerSecond.Median, "#,0"),
                Format(outcome.TextsPerSecond.Minimum, "#,0"),
                Format(outcome.TextsPerSecond.Maximum, "#,0"),
                Format(outcome.TextsPerSecond.Over(reference).Median, "0.000"),
            ]));
        report.Save("batches.md");
        return 0;
    }

    private static IEnumerable<Entry> Entries(Reviews reviews, string model, string weights) => Sizes.Select(
        size => new Entry(
            $"{weights}, {Format(size, "#,0")}",
            () => new OurLibrary(
                reviews.Texts, model, options: new SentimentModelOptions { MaximumBatchTokens = size }),
            Entry.Int8));
}
