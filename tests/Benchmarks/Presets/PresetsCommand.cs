using OnnxSentiment.Trainer;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What the network of preset <c>imdb</c> takes against that of <c>keras-tutorial</c>, for texts of equal length.
/// Weights are random: the time does not depend on them.
/// </summary>
internal static class PresetsCommand
{
    private const double LargestRatio = 1.5;

    private static readonly int RoundCount = Effort.Rounds(9);
    private static readonly int[] Lengths = [50, 100, 200];
    private static readonly int[] BatchSizes = [1, 8, 32];

    /// <returns>0 if every bound is met, 1 otherwise.</returns>
    public static int Run()
    {
        using var tutorial = new PresetModel(PresetTable.KerasTutorial);
        using var imdb = new PresetModel(PresetTable.Imdb);
        var cases = (from length in Lengths from batch in BatchSizes select (length, batch)).ToArray();
        var outcomes = cases.Select(c => Measure(tutorial, imdb, c.length, c.batch)).ToArray();
        return Write(cases.Zip(outcomes, (c, outcome) => new Row(c.length, c.batch, outcome.Tutorial, outcome.Imdb)));
    }

    private static (Series Tutorial, Series Imdb) Measure(PresetModel tutorial, PresetModel imdb, int length, int batch)
    {
        var figures = Rounds.Run(RoundCount, [
            (Name(tutorial, length, batch), () => tutorial.Milliseconds(length, batch)),
            (Name(imdb, length, batch), () => imdb.Milliseconds(length, batch)),
        ]);
        return (figures[Name(tutorial, length, batch)], figures[Name(imdb, length, batch)]);
    }

    private static string Name(PresetModel model, int length, int batch) =>
        $"{model.Preset}, {batch} texts of {length} ids, ms";

    private static int Write(IEnumerable<Row> measured)
    {
        Row[] rows = [.. measured];
        var report = new Report("The presets' networks", "build/bench.sh presets");
        report.Add(
            $"`SentimentModel.Score` on one thread, random ids and weights, by turns, medians of {RoundCount} rounds.");
        report.AddTable(
            ["ids of a text", "texts", PresetTable.KerasTutorial, PresetTable.Imdb, "ratio"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                Format(row.Length, "0"), Format(row.Batch, "0"), Format(row.Tutorial.Median, "0.00 ms"),
                Format(row.Imdb.Median, "0.00 ms"),
                Format(row.Ratio, "0.000"),
            ]));
        Bound[] bounds =
        [
            .. rows.Select(row => Bound.AtMost(
                $"imdb over keras-tutorial, {row.Batch} texts of {row.Length} ids", row.Ratio, LargestRatio)),
        ];
        Judgement.AddTo(report, bounds);
        report.Save("presets.md");
        return Judgement.ExitCode(bounds);
    }

    private sealed record Row(int Length, int Batch, Series Tutorial, Series Imdb)
    {
        public double Ratio => Imdb.Over(Tutorial).Median;
    }
}
