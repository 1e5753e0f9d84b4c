using System.Globalization;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>Weights and comparisons as rows that fit a terminal: how far apart, and how many labels flipped.</summary>
internal static class ParityTable
{
    // With these, the row of a comparison has at most 80 columns.
    private const int LongestInputs = 22;
    private const int LongestAgainst = 14;
    private const int LongestVerdict = 54;

    internal static IEnumerable<string[]> Rows(ParityReport report) =>
    [
        ["inputs", "against", "texts", "logit", "allowed", "prob.", "flips"],
        .. report.Weights is { } weights ? Rows(weights) : [],
        .. report.Comparisons.Select(Row),
    ];

    private static string[][] Rows(WeightReport weights)
    {
        var values = string.Create(CultureInfo.InvariantCulture, $"{weights.Values:N0} values");
        var verdict = weights.Passed ? weights.Rule : "which DIFFER";
        return values.Length + verdict.Length <= LongestVerdict
            ? [["weights", $"{values}, {verdict}"]]
            : [["weights", values], .. verdict.Split(", ").Select(part => (string[])["", part])];
    }

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
