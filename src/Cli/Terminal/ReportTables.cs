using System.Globalization;
using OnnxSentiment.Evaluation;

namespace OnnxSentiment.Cli;

/// <summary>An evaluation's report as tables of text.</summary>
internal static class ReportTables
{
    // So that labels with their five columns fit a terminal of 80.
    private const int LongestLabel = 30;

    /// <summary>
    /// Writes the metrics of the whole, those of each label, the confusion matrix, and each group's accuracy.
    /// </summary>
    internal static void Write(TextWriter output, ClassificationReport report)
    {
        AlignedText.Write(output, Summary(report));
        output.WriteLine();
        AlignedText.Write(output, Labels(report));
        output.WriteLine();
        AlignedText.Write(output, Confusion(report));
        foreach (var (name, groups) in report.Groups)
        {
            output.WriteLine();
            AlignedText.Write(output, Groups(name, groups));
        }
    }

    private static IEnumerable<string[]> Summary(ClassificationReport report) =>
    [
        ["accuracy", Share(report.Accuracy)],
        ["95 % interval", $"{Share(report.AccuracyInterval.Low)} to {Share(report.AccuracyInterval.High)}"],
        ["log loss", Share(report.LogLoss)],
        ["ROC-AUC", report.RocAuc is { } area ? Share(area) : "none: it takes texts of two labels"],
        ["ECE", Share(report.Calibration.Value)],
        ["texts", Whole(report.Count)],
        .. report.TextsPerSecond is { } speed
            ? [["texts/s", speed.ToString("N0", CultureInfo.InvariantCulture)]]
            : Array.Empty<string[]>(),
    ];

    private static IEnumerable<string[]> Labels(ClassificationReport report) =>
    [
        ["label", "precision", "recall", "F1", "texts"],
        .. report.Labels.Select((label, i) => Row(Shorten(label), report.Confusion.MetricsOf(i))),
        Row("macro mean", report.Confusion.Macro),
        Row("weighted mean", report.Confusion.Weighted),
    ];

    // A matrix that does not fit is in the JSON.
    private static string[][] Confusion(ClassificationReport report)
    {
        string[][] matrix =
        [
            ["label", .. report.Labels.Select(label => $"as {Shorten(label)}")],
            .. report.Labels.Select((label, truth) =>
                (string[])[Shorten(label), .. report.Confusion.Row(truth).Select(Whole)]),
        ];
        return AlignedText.WidthOf(matrix) <= AlignedText.TerminalWidth
            ? matrix
            : [[$"The matrix of the {report.Labels.Count} labels is too wide here; see --json or --pictures."]];
    }

    private static IEnumerable<string[]> Groups(string name, IReadOnlyList<GroupAccuracy> groups) =>
    [
        [name, "accuracy", "texts"],
        .. groups.Select(group => (string[])[group.Name, Share(group.Accuracy), Whole(group.Count)]),
    ];

    private static string[] Row(string label, LabelMetrics metrics) =>
        [label, Share(metrics.Precision), Share(metrics.Recall), Share(metrics.F1), Whole(metrics.Count)];

    private static string Shorten(string label) => AlignedText.Shorten(label, LongestLabel);

    private static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
