using ScottPlot;

namespace OnnxSentiment.Benchmarks;

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
            Draw(speed, points, way, way, color, isDashed: false, point => point.TextsPerSecond);
            Draw(memory, points, way, $"{way}: resident", color, isDashed: false, point => point.WorkingSet);
            Draw(memory, points, way, $"{way}: managed heap", color, isDashed: true, point => point.Managed);
        }

        Finish(speed, points, "Texts a second", "texts/s", Alignment.LowerRight);
        Finish(memory, points, "Largest memory of the process", "MB", Alignment.UpperLeft);
        figure.SavePng(path, Width, Height);
    }

    private static void Draw(
        Plot plot, IReadOnlyList<GrowthPoint> points, string way, string legend, Color color, bool isDashed,
        Func<GrowthPoint, double> figure)
    {
        var chosen = points.Where(point => point.Way == way).ToArray();
        var line = plot.Add.Scatter(
            Array.ConvertAll(chosen, point => Math.Log10(point.Texts)),
            Array.ConvertAll(chosen, point => figure(point)), color);
        line.LegendText = legend;
        line.LineWidth = 2;
        line.LinePattern = isDashed ? LinePattern.Dashed : LinePattern.Solid;
        line.MarkerSize = 7;
        line.MarkerShape = isDashed ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
    }

    // ScottPlot knows no logarithmic axis: it draws exponents, and the ticks say what they stand for.
    private static void Finish(
        Plot plot, IReadOnlyList<GrowthPoint> points, string title, string unit, Alignment legend)
    {
        plot.Title(title);
        plot.XLabel("texts in one call");
        plot.YLabel(unit);
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        foreach (var texts in points.Select(point => point.Texts).Distinct())
        {
            ticks.AddMajor(Math.Log10(texts), Machine.Format(texts, "#,0"));
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            MinimumTickSpacing = 40,
            LabelFormatter = value => Machine.Format(value, "#,0"),
        };
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, 1.1 * plot.Axes.GetLimits().Top);
        plot.ShowLegend(legend);
    }
}
