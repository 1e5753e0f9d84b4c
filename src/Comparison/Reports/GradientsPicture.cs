using OnnxSentiment.Core;
using OnnxSentiment.Trainer;
using ScottPlot;

namespace OnnxSentiment.Comparison;

/// <summary>
/// The gradient's norm on its way back from a text's end, before and after training, on a logarithmic scale.
/// </summary>
internal static class GradientsPicture
{
    internal static void Save(ComparisonSummary summary, string path)
    {
        Plot[] plots =
        [
            Draw(summary, "At initialization", gradients => gradients.Initial),
            Draw(summary, "After training", gradients => gradients.Trained),
        ];
        ShareScale(plots);
        PlotStyle.Save(path, plots);
    }

    private static void ShareScale(Plot[] plots)
    {
        foreach (var plot in plots)
        {
            plot.Axes.AutoScale();
        }

        var limits = plots.Select(plot => plot.Axes.GetLimits()).ToList();
        foreach (var plot in plots)
        {
            plot.Axes.SetLimitsY(limits.Min(limit => limit.Bottom), limits.Max(limit => limit.Top));
        }
    }

    private static Plot Draw(ComparisonSummary summary, string title, Func<GradientRun, GradientNorms> part)
    {
        var plot = new Plot();
        foreach (var model in summary.Models.Where(model => model.Runs[0].Gradients is not null))
        {
            var norms = model.Runs.Select(run => part(run.Gradients!)).ToList();
            plot.Line(model, Logarithms(norms, of => of.Hidden), markers: false);
            if (norms[0].Cell is not null)
            {
                plot.Line(
                    $"{model.Title}, cell state", PlotStyle.ColorOf(CellKind.Lstm), LinePattern.Dotted,
                    Logarithms(norms, of => of.Cell!), MarkerShape.None);
            }
        }

        plot.Title(title);
        plot.XLabel("steps back from the text's end");
        plot.YLabel("gradient norm");
        plot.Axes.Left.TickGenerator = PlotStyle.PowersOfTen();
        return plot;
    }

    // The logarithm of the mean over the seeds; minus infinity, where a norm is 0, is no point.
    private static IEnumerable<(double X, double Y)> Logarithms(
        List<GradientNorms> runs, Func<GradientNorms, IReadOnlyList<double>> state) =>
        Enumerable.Range(0, state(runs[0]).Count)
            .Select(back => ((double)back, Math.Log10(runs.Average(run => state(run)[back]))));
}
