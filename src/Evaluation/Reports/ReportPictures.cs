using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace OnnxSentiment.Evaluation;

/// <summary>Draws a report: confusion matrix, reliability diagram, ROC curves.</summary>
internal static class ReportPictures
{
    private const int Size = 600;

    // More numbers, names or lines than these cannot be told apart at this size.
    private const int MaximumNumbers = 12;
    private const int MaximumNames = 40;
    private const int MaximumCurves = 10;

    /// <summary>
    /// Writes the pictures into a folder, which is made where it is missing, and returns their names.
    /// </summary>
    internal static IReadOnlyList<string> Save(ClassificationReport report, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        (string Name, Plot Plot)[] pictures =
        [
            ("confusion.png", Confusion(report)),
            ("reliability.png", Reliability(report.Calibration)),
            .. report.RocAuc is null ? [] : new[] { ("roc.png", Roc(report)) },
        ];
        foreach (var (name, plot) in pictures)
        {
            plot.SavePng(Path.Combine(folder, name), Size, Size);
            plot.Dispose();
        }

        return [.. pictures.Select(picture => picture.Name)];
    }

    private static Plot Confusion(ClassificationReport report)
    {
        var (plot, labels, matrix) = (new Plot(), report.Labels.Count, report.Confusion);
        var shares = new double[labels, labels];
        for (var truth = 0; truth < labels; truth++)
        {
            var count = Math.Max(1, matrix.Row(truth).Sum());
            for (var predicted = 0; predicted < labels; predicted++)
            {
                shares[truth, predicted] = (double)matrix[truth, predicted] / count;
                if (labels <= MaximumNumbers)
                {
                    AddNumber(plot, predicted, labels - 1 - truth, matrix[truth, predicted], shares[truth, predicted]);
                }
            }
        }

        var heatmap = plot.Add.Heatmap(shares);
        heatmap.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        heatmap.ManualRange = new ScottPlot.Range(0, 1);
        plot.MoveToBottom(heatmap);
        plot.Axes.Bottom.TickGenerator = Names(report.Labels);
        plot.Axes.Left.TickGenerator = Names([.. report.Labels.Reverse()]);
        plot.Axes.Margins(0, 0);
        plot.HideGrid();
        plot.Title("Texts by label; the shade is the share of a row");
        plot.XLabel("predicted label");
        plot.YLabel("label of the text");
        return plot;
    }

    private static void AddNumber(Plot plot, int x, int y, int count, double share)
    {
        var text = plot.Add.Text(count.ToString("N0", CultureInfo.InvariantCulture), x, y);
        text.LabelAlignment = Alignment.MiddleCenter;
        text.LabelFontColor = share > 0.5 ? Colors.White : Colors.Black;
        text.LabelFontSize = 16;
    }

    private static NumericManual Names(IReadOnlyList<string> labels) => labels.Count > MaximumNames
        ? new NumericManual()
        : new NumericManual([.. Enumerable.Range(0, labels.Count).Select(i => (double)i)], [.. labels]);

    private static Plot Reliability(ExpectedCalibrationError calibration)
    {
        var plot = new Plot();
        const double Width = 1.0 / ExpectedCalibrationError.BinCount;
        foreach (var (i, bin) in calibration.Bins.Index().Where(bin => bin.Item.Count > 0))
        {
            var bar = plot.Add.Bar((i + 0.5) * Width, bin.Accuracy);
            bar.Bars[0].Size = 0.94 * Width;
            bar.Bars[0].LineWidth = 0;
            bar.Color = Colors.C0.WithAlpha(0.6);
        }

        var filled = calibration.Bins.Where(bin => bin.Count > 0).ToList();
        var means = plot.Add.ScatterPoints(
            filled.Select(bin => bin.Confidence).ToArray(), filled.Select(bin => bin.Accuracy).ToArray(), Colors.C1);
        means.LegendText = "mean of each bin";
        AddDiagonal(plot).LegendText = "as often right as it says";
        plot.Title(string.Create(
            CultureInfo.InvariantCulture, $"Reliability; expected calibration error {calibration.Value:0.0000}"));
        plot.XLabel("probability of the predicted label");
        plot.YLabel("share right");
        return UnitSquare(plot, Alignment.UpperLeft);
    }

    private static Plot Roc(ClassificationReport report)
    {
        var plot = new Plot();
        foreach (var (name, curve) in report.Roc.Where(roc => roc.Curve is not null))
        {
            var line = plot.Add.Scatter(
                curve!.Points.Select(point => point.X).ToArray(), curve.Points.Select(point => point.Y).ToArray());
            line.MarkerSize = 0;
            line.LineWidth = report.Roc.Count > MaximumCurves ? 1 : 2;
            line.LegendText = report.Roc.Count > MaximumCurves
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{name}: {curve.Area:0.0000}");
        }

        AddDiagonal(plot).LegendText = "chance";
        plot.Title(string.Create(
            CultureInfo.InvariantCulture, $"ROC; {(report.Roc.Count > 1 ? "mean " : "")}area {report.RocAuc:0.0000}"));
        var label = report.Roc[0].Label;
        plot.XLabel(report.Roc.Count > 1 ? "share of the other texts" : $"share of the texts that are not {label}");
        plot.YLabel(report.Roc.Count > 1 ? "share of the label's texts" : $"share of the texts that are {label}");
        return UnitSquare(plot, Alignment.LowerRight);
    }

    private static ScottPlot.Plottables.Scatter AddDiagonal(Plot plot)
    {
        var diagonal = plot.Add.ScatterLine(new double[] { 0, 1 }, new double[] { 0, 1 }, Colors.Black);
        diagonal.LinePattern = LinePattern.Dashed;
        diagonal.LineWidth = 1.5f;
        return diagonal;
    }

    private static Plot UnitSquare(Plot plot, Alignment legend)
    {
        plot.Axes.SetLimits(0, 1, 0, 1.005);
        plot.ShowLegend(legend);
        return plot;
    }
}
