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

    /// <summary>The checks as lines for a person, which fit 80 columns; of a failure, all that is known.</summary>
    public string ToText() => Checks.ToText();
}
