namespace OnnxSentiment.Parity;

/// <summary>What came out of a check.</summary>
public enum CheckOutcome
{
    /// <summary>What was found is what was expected.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>The check could not be made; its message says why. It neither passes nor fails a report.</summary>
    Skipped,
}

/// <summary>A number that a check measured.</summary>
/// <param name="Name">What was measured, for instance <c>largest absolute difference</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Allowed">The limit that decides; null where the number decides nothing.</param>
public sealed record Measurement(string Name, double Value, double? Allowed = null);

/// <summary>One check of a <see cref="CheckReport"/>.</summary>
public sealed record CheckResult
{
    /// <summary>What belongs together, for instance <c>weights</c> or <c>random ids, seed 2</c>.</summary>
    public required string Group { get; init; }

    /// <summary>What was checked, for instance the name of a tensor; unique within its group.</summary>
    public required string Name { get; init; }

    /// <summary>What came out.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>A sentence; of a failure: what was found, what was expected, which option changes it.</summary>
    public string Message { get; init; } = "";

    /// <summary>Further lines for whoever looks into a failure; may be empty.</summary>
    public string Details { get; init; } = "";

    /// <summary>The numbers behind the outcome; may be empty.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];
}

/// <summary>What a command checked: the one record that text, JSON, JUnit and Markdown are made from.</summary>
public sealed record CheckReport
{
    /// <summary>The command, for instance <c>verify</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What was checked, usually the path of a file.</summary>
    public required string Subject { get; init; }

    /// <summary>What it was checked against; may be empty.</summary>
    public string Against { get; init; } = "";

    /// <summary>The checks in the order in which they were made.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Whether something was checked and nothing failed.</summary>
    public bool Passed =>
        Checks.Any(check => check.Outcome == CheckOutcome.Passed)
        && Checks.All(check => check.Outcome != CheckOutcome.Failed);
}
