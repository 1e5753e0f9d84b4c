using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>A smaller precision beside single precision: a column a file.</summary>
internal static class AccuracyTable
{
    internal static IEnumerable<string[]> Rows(AccuracyReport report) =>
    [
        Row("precision", report, file => Precisions.NameOf(file.Precision)),
        Row("bytes", report, file => Count(file.Bytes)),
        Row("accuracy", report, file => Share(file.Accuracy)),
        Row("log loss", report, file => Share(file.LogLoss)),
        Row("texts/s", report, file => Count(file.TextsPerSecond)),
        ["texts with another label", "", Count(report.LabelFlips)],
        ["largest difference: logit", "", Figures.Small(report.LargestLogitDifference)],
        ["largest difference: probability", "", Figures.Small(report.LargestProbabilityDifference)],
    ];

    private static string[] Row(string name, AccuracyReport report, Func<FileAccuracy, string> value) =>
        [name, value(report.Single), value(report.Smaller)];

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.00000", CultureInfo.InvariantCulture);
}
