using System.Globalization;

namespace OnnxSentiment.Comparison;

/// <summary>The figures of every network, a row each, for the page and for the terminal.</summary>
internal static class MainTable
{
    /// <summary>What the columns are.</summary>
    internal static IReadOnlyList<string> Header { get; } =
        ["network", "test accuracy", "parameters", "best epoch", "an epoch", "file", "one text", "largest difference"];

    /// <summary>The rows, in the order of the report.</summary>
    internal static IEnumerable<string[]> Rows(ComparisonSummary summary) => summary.Models.Select(Row);

    /// <summary>The header and what fits of each row into 80 columns.</summary>
    internal static IEnumerable<string[]> ForTerminal(ComparisonSummary summary) =>
    [
        ["network", "accuracy", "parameters", "s/epoch", "ms/text", "parity"],
        .. summary.Models.Select(model => (string[])
        [
            model.Title, AccuracyOf(model), Invariant($"{model.Parameters:N0}"),
            model.SecondsPerEpoch is { } seconds ? Invariant($"{seconds:0.0}") : "–",
            Invariant($"{model.LatencyMilliseconds:0.000}"), Numbers.Small(model.ParityLargestDifference),
        ]),
    ];

    private static string AccuracyOf(ModelSummary model) => Accuracy(model.TestAccuracy)
        + (model.TestAccuracyDeviation is { } deviation ? $" ± {Accuracy(deviation)}" : "");

    private static string[] Row(ModelSummary model) =>
    [
        model.Title,
        AccuracyOf(model),
        Invariant($"{model.Parameters:N0}"),
        string.Join(", ", model.Runs.Select(run => run.BestEpoch)),
        model.SecondsPerEpoch is { } seconds ? Invariant($"{seconds:0.0} s") : "–",
        Invariant($"{model.FileBytes:N0} bytes"),
        Invariant($"{model.LatencyMilliseconds:0.000} ms"),
        Numbers.Small(model.ParityLargestDifference),
    ];

    private static string Accuracy(double value) => Invariant($"{value:0.0000}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
