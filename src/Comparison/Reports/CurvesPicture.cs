using OnnxSentiment.Trainer;
using ScottPlot;

namespace OnnxSentiment.Comparison;

/// <summary>
/// All trainings in one picture: training loss, validation loss and validation accuracy over the epochs.
/// </summary>
internal static class CurvesPicture
{
    internal static void Save(ComparisonSummary summary, string path) => PlotStyle.Save(
        path,
        Draw(summary, "Training loss (dropout acting)", epoch => epoch.TrainLoss),
        Draw(summary, "Validation loss", epoch => epoch.ValidationLoss),
        Draw(summary, "Validation accuracy", epoch => epoch.ValidationAccuracy));

    private static Plot Draw(ComparisonSummary summary, string title, Func<EpochMetrics, double> value)
    {
        var plot = new Plot();
        foreach (var model in summary.Models)
        {
            plot.Line(model, Means(model, value));
        }

        plot.Title(title);
        plot.XLabel("epoch");
        plot.Axes.Bottom.TickGenerator = PlotStyle.WholeNumbers();
        return plot;
    }

    // Over the seeds that have the epoch: a training with patience may end before another.
    private static IEnumerable<(double X, double Y)> Means(ModelSummary model, Func<EpochMetrics, double> value) =>
        model.Runs.SelectMany(run => run.Epochs).GroupBy(epoch => epoch.Epoch, value).OrderBy(values => values.Key)
            .Select(values => ((double)values.Key, values.Average()));
}
