using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>What a smaller precision costs, as rows: a file each.</summary>
internal static class AccuracyTable
{
    internal static IEnumerable<string[]> Rows(AccuracyReport report) =>
    [
        [
            "precision", "bytes", "accuracy", "log loss", "texts", "texts/s", "other labels", "logit",
            "probability: largest difference",
        ],
        [.. Row(report.Single), "", "", ""],
        [
            .. Row(report.Smaller), Count(report.LabelFlips),
            Figures.Small(report.LargestLogitDifference), Figures.Small(report.LargestProbabilityDifference),
        ],
    ];

    private static string[] Row(FileAccuracy file) =>
    [
        Precisions.NameOf(file.Precision), Count(file.Bytes), Share(file.Accuracy), Share(file.LogLoss),
            Count(file.Texts),
        Count(file.TextsPerSecond),
    ];

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.00000", CultureInfo.InvariantCulture);
}
