using OnnxSentiment.Benchmarks.Reporting;
using ScottPlot;

namespace OnnxSentiment.Benchmarks.Growth;

/// <summary>Draws speed and memory over the number of texts.</summary>
internal static class GrowthPicture
{
    private const int Width = 1100;
    private const int Height = 440;

    public static void SavePng(IReadOnlyList<GrowthPoint> points, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        var (speed, memory) = (figure.GetPlot(0), figure.GetPlot(1));
        foreach (var (way, color) in new[] { (GrowthRun.List, Colors.C0), (GrowthRun.Stream, Colors.C1) })
        {
            Draw(speed, points, way, way, color, LinePattern.Solid, point => point.TextsPerSecond);
            Draw(memory, points, way, $"{way}: resident", color, LinePattern.Solid, point => point.WorkingSet);
            Draw(memory, points, way, $"{way}: managed heap", color, LinePattern.Dashed, point => point.Managed);
        }

        Finish(speed, "Texts a second", "texts/s", Alignment.LowerRight);
        Finish(memory, "Largest memory of the process", "MB", Alignment.UpperLeft);
        figure.SavePng(path, Width, Height);
    }

    private static void Draw(
        Plot plot, IReadOnlyList<GrowthPoint> points, string way, string legend, Color color, LinePattern pattern, Func<GrowthPoint, double> figure)
    {
        var chosen = points.Where(point => point.Way == way).ToArray();
        var line = plot.Add.Scatter(
            Array.ConvertAll(chosen, point => Math.Log10(point.Texts)), Array.ConvertAll(chosen, point => figure(point)), color);
        line.LegendText = legend;
        line.LineWidth = 2;
        line.LinePattern = pattern;
        line.MarkerSize = 6;
    }

    // ScottPlot draws logarithms itself; the ticks turn them back into numbers.
    private static void Finish(Plot plot, string title, string unit, Alignment legend)
    {
        plot.Title(title);
        plot.XLabel("texts in one call");
        plot.YLabel(unit);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            LabelFormatter = exponent => Machine.Format(Math.Pow(10, exponent), "#,0"),
        };
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            LabelFormatter = value => Machine.Format(value, "#,0"),
        };
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        plot.ShowLegend(legend);
    }
}
