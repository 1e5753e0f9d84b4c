using ScottPlot;

namespace OnnxSentiment.Comparison;

/// <summary>The share of correct pairs for each phenomenon, a bar a network.</summary>
internal static class MinimalPairsPicture
{
    private const byte BidirectionalOpacity = 120;

    internal static void Save(ComparisonSummary summary, string path)
    {
        var (plot, width) = (new Plot(), summary.Models.Count + 1);
        for (var i = 0; i < summary.Models.Count; i++)
        {
            AddBars(plot, summary.Models[i], i, width);
        }

        plot.Title("Pairs with both texts right");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. MinimalPairs.All.Select((_, group) => (group * width) + ((summary.Models.Count - 1) / 2.0))],
            [.. MinimalPairs.All.Select(phenomenon => phenomenon.Title)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsY(0, 1);
        plot.HideGrid();
        PlotStyle.SaveWide(path, plot);
    }

    private static void AddBars(Plot plot, ModelSummary model, int place, int width)
    {
        var variant = Architectures.All.Single(variant => variant.Name == model.Name);
        var color = PlotStyle.ColorOf(variant.Cell);
        var bars = plot.Add.Bars(MinimalPairs.All.Select((_, group) => new Bar
        {
            Position = (group * width) + place,
            Value = model.Runs.Average(run => (double)run.MinimalPairs[group].Correct / run.MinimalPairs[group].Pairs),
            FillColor = variant.Bidirectional ? color.WithAlpha(BidirectionalOpacity) : color,
            LineWidth = 0,
        }).ToArray());
        bars.LegendText = model.Title;
    }
}
