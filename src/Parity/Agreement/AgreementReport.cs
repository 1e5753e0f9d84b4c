namespace OnnxSentiment.Parity;

/// <summary>The first value inside two graphs that differs, in the order in which the checked file computes.</summary>
/// <param name="Value">Its name in the checked file.</param>
/// <param name="Operator">The operator that computes it there.</param>
/// <param name="Description">Where in the tensor, how much, and what feeds it: lines for a person.</param>
public sealed record FirstDifference(string Value, string Operator, string Description);

/// <summary>Whether a model computes what it was compared with.</summary>
public sealed record AgreementReport
{
    /// <summary>Every check that was made.</summary>
    public required CheckReport Checks { get; init; }

    /// <summary>Where the two graphs part; null where they agree, or where that cannot be told.</summary>
    public FirstDifference? FirstDifference { get; init; }

    /// <summary>Whether something was compared and nothing differs.</summary>
    public bool Passed => Checks.Passed;

    /// <summary>The checks as lines for a person; of a failure, all that is known.</summary>
    public string ToText() => string.Join('\n', Checks.Checks.SelectMany(Lines).Append(
        Passed
            ? $"Agrees: {Checks.Subject} computes what {Checks.Against} does."
            : $"DIFFERS: {Checks.Subject} does not compute what {Checks.Against} does."));

    private static IEnumerable<string> Lines(CheckResult check)
    {
        var outcome = check.Outcome == CheckOutcome.Failed ? "FAILED" : check.Outcome.ToString().ToLowerInvariant();
        yield return $"{outcome,-7} {check.Group}: {check.Name}";
        if (check.Message.Length > 0)
        {
            yield return $"        {check.Message}";
        }

        foreach (var line in check.Details.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return $"          {line}";
        }
    }
}
