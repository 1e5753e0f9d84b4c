using System.Globalization;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>Comparisons as rows that fit a terminal: how far apart, and how many labels flipped.</summary>
internal static class ParityTable
{
    // With these, the row of a comparison has at most 80 columns.
    private const int LongestInputs = 22;
    private const int LongestAgainst = 14;

    internal static IEnumerable<string[]> Rows(IEnumerable<ComparisonReport> comparisons) =>
    [
        ["inputs", "against", "texts", "logit", "allowed", "prob.", "flips"],
        .. comparisons.Select(Row),
    ];

    private static string[] Row(ComparisonReport report)
    {
        var (logit, probability) = (Of(report, OutputKind.Logit), Of(report, OutputKind.Probability));
        return
        [
            AlignedText.Shorten(report.Inputs, LongestInputs), AlignedText.Shorten(report.Expected, LongestAgainst),
            report.Texts.ToString("N0", CultureInfo.InvariantCulture), Figures.Small(logit.LargestAbsolute),
            Figures.Small(logit.Tolerance.Absolute), Figures.Small(probability.LargestAbsolute),
            $"{report.LabelFlips}",
        ];
    }

    private static OutputDifference Of(ComparisonReport report, OutputKind kind) =>
        report.Outputs.Single(o => o.Output == kind);
}
