using ScottPlot;

namespace OnnxSentiment.Trainer;

/// <summary>Draws a training's history: loss and accuracy over the epochs, the chosen epoch marked.</summary>
internal static class LearningCurves
{
    private const int Width = 1000;
    private const int Height = 420;

    /// <summary>Writes the picture, 1000 by 420 pixels.</summary>
    internal static void SavePng(TrainingHistory history, string path)
    {
        ArgumentNullException.ThrowIfNull(history);
        var figure = new Multiplot();
        figure.AddPlots(2);
        figure.Layout = new ScottPlot.MultiplotLayouts.Columns();
        var (loss, accuracy) = (figure.GetPlot(0), figure.GetPlot(1));
        Draw(loss, "Loss (cross-entropy)", history, e => e.TrainLoss, e => e.ValidationLoss, Alignment.UpperRight);
        Draw(accuracy, "Accuracy", history, e => e.TrainAccuracy, e => e.ValidationAccuracy, Alignment.LowerRight);
        figure.SavePng(path, Width, Height);
    }

    private static void Draw(
        Plot plot, string title, TrainingHistory history, Func<EpochMetrics, double> train,
        Func<EpochMetrics, double> validation, Alignment legend)
    {
        var epochs = history.Epochs.Select(e => (double)e.Epoch).ToArray();
        Line(plot, "train", epochs, history.Epochs.Select(train), Colors.C0);
        Line(plot, "validation", epochs, history.Epochs.Select(validation), Colors.C1);
        var chosen = plot.Add.VerticalLine(history.Best!.Epoch, 1.5f, Colors.Gray, LinePattern.Dashed);
        chosen.LegendText = $"chosen: epoch {history.Best.Epoch}";
        plot.Title(title);
        plot.XLabel("epoch");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.ShowLegend(legend);
    }

    private static void Line(Plot plot, string name, double[] epochs, IEnumerable<double> values, Color color)
    {
        var line = plot.Add.Scatter(epochs, values.ToArray(), color);
        line.LegendText = name;
        line.LineWidth = 2;
        line.MarkerSize = 6;
    }
}
