using OnnxSentiment.Trainer;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnnxSentiment.Cli;

/// <summary>Loss and accuracy of a training so far, side by side, for a terminal.</summary>
internal static class TrainingCurves
{
    /// <summary>Lines that the curves take.</summary>
    internal const int Height = CurveChart.Height + 1;

    private const int MinimumWidth = 60;
    private const int LinesBeside = 6; // the progress bar and what was printed last

    /// <summary>Whether a terminal can show them.</summary>
    internal static bool Fit(IAnsiConsole console) =>
        console.Profile.Capabilities.Unicode
        && console.Profile.Width >= MinimumWidth && console.Profile.Height >= Height + LinesBeside;

    /// <summary>The curves of a history of at least one epoch.</summary>
    internal static IRenderable Of(TrainingHistory history)
    {
        var charts = new Grid()
            .AddColumn(new GridColumn().PadLeft(0).PadRight(2))
            .AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        charts.AddRow(
            Chart("loss", history, epoch => epoch.TrainLoss, epoch => epoch.ValidationLoss),
            Chart("accuracy", history, epoch => epoch.TrainAccuracy, epoch => epoch.ValidationAccuracy));
        return new Rows(charts, Legend(history.Best!.Epoch));
    }

    private static CurveChart Chart(
        string title, TrainingHistory history,
        Func<EpochMetrics, double> train, Func<EpochMetrics, double> validation) =>
        new(title, [.. history.Epochs.Select(train)], [.. history.Epochs.Select(validation)], history.Best!.Epoch);

    private static Paragraph Legend(int best) => new Paragraph("      ")
        .Append("⠂⠂ train", CurveChart.TrainStyle)
        .Append("   ")
        .Append("⠒⠒ validation", CurveChart.ValidationStyle)
        .Append($"   {CurveChart.BestMark} best: epoch {best}");
}
