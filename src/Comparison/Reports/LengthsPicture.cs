using OnnxSentiment.Evaluation;
using ScottPlot;

namespace OnnxSentiment.Comparison;

/// <summary>Accuracy against the length of the test texts.</summary>
internal static class LengthsPicture
{
    internal static void Save(ComparisonSummary summary, string path)
    {
        var plot = new Plot();
        foreach (var model in summary.Models)
        {
            plot.Line(model, Means(model));
        }

        plot.Title("Test accuracy by length");
        plot.XLabel("tokens of a text (median of its eighth, logarithmic)");
        plot.YLabel("accuracy");
        plot.Axes.Bottom.TickGenerator = Ticks(summary);
        PlotStyle.SaveWide(path, plot);
    }

    // Every run has the same texts, and so the same bins.
    private static IEnumerable<(double X, double Y)> Means(ModelSummary model) => model.Runs[0].ByLength.Select(
        (bin, i) => (Position(bin), model.Runs.Average(run => run.ByLength[i].Accuracy)));

    private static ScottPlot.TickGenerators.NumericManual Ticks(ComparisonSummary summary)
    {
        var bins = summary.Models[0].Runs[0].ByLength;
        return new([.. bins.Select(Position)], [.. bins.Select(bin => $"{bin.Median}")]);
    }

    private static double Position(LengthBin bin) => Math.Log10(Math.Max(1, bin.Median));
}
