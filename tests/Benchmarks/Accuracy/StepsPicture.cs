using System.Globalization;
using ScottPlot;

namespace OnnxSentiment.Benchmarks;

/// <summary>Draws what each step of the training brings, from the tables that <c>build/accuracy.sh</c> keeps.</summary>
internal static class StepsPicture
{
    private const int Width = 900;
    private const int Height = 480;
    private const int Step = 0, Seed = 1, Validation = 2, Test = 4; // columns of runs.tsv

    /// <param name="folder">Holds <c>runs.tsv</c> and <c>baselines.tsv</c>; gets <c>steps.png</c>.</param>
    /// <param name="steps">The steps to draw, in their order.</param>
    public static int Run(string folder, IReadOnlyList<string> steps)
    {
        var runs = Read(folder, "runs.tsv").Where(run => run[Seed] == "1")
            .ToDictionary(run => run[Step], StringComparer.Ordinal);
        var drawn = steps.Where(runs.ContainsKey).ToArray();
        var plot = new Plot();
        Draw(
            plot, "validation", Array.ConvertAll(drawn, step => ValueOf(runs[step][Validation])), Colors.C0,
            LinePattern.Dashed);
        Draw(plot, "test", Array.ConvertAll(drawn, step => ValueOf(runs[step][Test])), Colors.C1, LinePattern.Solid);
        foreach (var baseline in Read(folder, "baselines.tsv"))
        {
            var accuracy = ValueOf(baseline[1]);
            plot.Add.HorizontalLine(accuracy, width: 1.5f, Colors.Gray, LinePattern.Dotted);
            plot.Add.Text($"{baseline[0]}, test", -0.2, accuracy).LabelAlignment = Alignment.LowerLeft;
        }

        plot.YLabel("share of the reviews that is right");
        plot.Axes.Bottom.SetTicks(Generate.Consecutive(drawn.Length), drawn);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(0.01)
        {
            LabelFormatter = value => Machine.Format(value, "0.00"),
        };
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(Path.Combine(folder, "steps.png"), Width, Height);
        return 0;
    }

    private static void Draw(Plot plot, string legend, double[] values, Color color, LinePattern pattern)
    {
        var line = plot.Add.Scatter(Generate.Consecutive(values.Length), values, color);
        (line.LegendText, line.LineWidth, line.LinePattern, line.MarkerSize) = (legend, 2, pattern, 8);
    }

    private static double ValueOf(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static string[][] Read(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name)).Skip(1).Select(line => line.Split('\t'))];
}
