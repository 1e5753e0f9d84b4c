using ScottPlot;

namespace OnnxSentiment.Cli;

/// <summary>The share of right pairs for each of the article's complaints, a bar a network.</summary>
internal static class ComplaintsPicture
{
    private const byte BidirectionalOpacity = 120;

    internal static void Save(ComparisonSummary summary, string path)
    {
        var plot = new Plot();
        for (var i = 0; i < summary.Models.Count; i++)
        {
            AddBars(plot, summary.Models[i], i, summary.Models.Count + 1);
        }

        plot.Title("Pairs with both texts right");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ComplaintSet.All.Select((_, group) => (group * (summary.Models.Count + 1)) + ((summary.Models.Count - 1) / 2.0))],
            [.. ComplaintSet.All.Select(complaint => complaint.Title)]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsY(0, 1);
        plot.HideGrid();
        PlotStyle.SaveWide(path, plot);
    }

    private static void AddBars(Plot plot, ModelSummary model, int place, int width)
    {
        var contestant = Cast.All.Single(contestant => contestant.Name == model.Name);
        var color = PlotStyle.ColorOf(contestant.Cell);
        var bars = plot.Add.Bars(ComplaintSet.All.Select((_, group) => new Bar
        {
            Position = (group * width) + place,
            Value = model.Runs.Average(run => (double)run.Complaints[group].Right / run.Complaints[group].Pairs),
            FillColor = contestant.Bidirectional ? color.WithAlpha(BidirectionalOpacity) : color,
            LineWidth = 0,
        }).ToArray());
        bars.LegendText = model.Title;
    }
}
