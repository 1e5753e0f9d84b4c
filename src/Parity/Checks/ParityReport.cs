namespace OnnxSentiment.Parity;

/// <summary>All that was compared between a file and its checkpoint.</summary>
/// <param name="MetadataDifferences">
/// Settings in which the file's metadata and the checkpoint differ, or values that the file declares otherwise than
/// ONNX Runtime returns them, a sentence each; where there are any, nothing else was compared.
/// </param>
/// <param name="Comparisons">What was computed and compared.</param>
public sealed record ParityReport(
    IReadOnlyList<string> MetadataDifferences, IReadOnlyList<ComparisonReport> Comparisons)
{
    /// <summary>The weights as the file stores them; null where they were not compared.</summary>
    public WeightReport? Weights { get; init; }

    /// <summary>Whether the file computes what the checkpoint does; comparing nothing does not pass.</summary>
    public bool Passed =>
        MetadataDifferences.Count == 0 && (Weights is null or { Passed: true })
        && Comparisons.Count > 0 && Comparisons.All(report => report.Passed);

    /// <summary>All that was compared as checks, for a <see cref="CheckReport"/>.</summary>
    public IReadOnlyList<CheckResult> ToChecks() =>
    [
        new CheckResult
        {
            Group = "settings",
            Name = "architecture, text settings, labels, vocabulary",
            Outcome = MetadataDifferences.Count == 0 ? CheckOutcome.Passed : CheckOutcome.Failed,
            Message = string.Join(' ', MetadataDifferences),
        },
        .. Weights?.ToChecks() ?? [],
        .. Comparisons.Select(comparison => comparison.ToCheck()),
        .. MetadataDifferences.Count + Comparisons.Count == 0 ? [NothingCompared] : Array.Empty<CheckResult>(),
    ];

    private static CheckResult NothingCompared => new()
    {
        Group = "values",
        Name = "comparisons",
        Outcome = CheckOutcome.Failed,
        Message = "Nothing was compared: there are neither stored outputs nor inputs to run.",
    };

    /// <summary>Throws unless the file passed.</summary>
    /// <exception cref="CheckFailedException">
    /// A setting or a weight differs, a tolerance was exceeded or a label flipped.
    /// </exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            string[] failures =
            [
                .. MetadataDifferences,
                .. Weights is { Passed: false } weights ? [weights.ToText()] : Array.Empty<string>(),
                .. Comparisons.Where(report => !report.Passed).Select(report => $"{report.Inputs}: {report.ToText()}"),
            ];
            throw new CheckFailedException(
                $"The file does not compute what the checkpoint computes.\n{string.Join('\n', failures)}", ToChecks());
        }
    }
}
