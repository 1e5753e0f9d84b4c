using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>Comparisons as rows: how far apart, where, and how many labels flipped.</summary>
internal static class ParityTable
{
    internal static IEnumerable<string[]> Rows(IEnumerable<ComparisonReport> comparisons)
    {
        yield return
        [
            "inputs", "ONNX Runtime against", "texts", "logit: absolute", "allowed", "relative", "probability", "flips",
            "largest at",
        ];
        foreach (var report in comparisons)
        {
            var (logit, probability) = (Of(report, OutputKind.Logit), Of(report, OutputKind.Probability));
            yield return
            [
                report.Inputs, report.Expected, $"{report.Texts}",
                Figures.Small(logit.LargestAbsolute), Figures.Small(logit.Tolerance.Absolute),
                Figures.Small(logit.LargestRelative),
                Figures.Small(probability.LargestAbsolute), $"{report.LabelFlips}", $"{logit.LargestAbsoluteAt}",
            ];
        }
    }

    private static OutputDifference Of(ComparisonReport report, OutputKind kind) =>
        report.Outputs.Single(o => o.Output == kind);
}
