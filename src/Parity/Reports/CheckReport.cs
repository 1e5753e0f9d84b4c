using System.Text.Json;

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

    /// <summary>Further lines for diagnosing a failure; may be empty.</summary>
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

    /// <summary>
    /// What else the command measured, for instance the metrics of a classifier; only the JSON has it. Null for
    /// nothing.
    /// </summary>
    public JsonElement? Metrics { get; init; }

    /// <summary>Whether something was checked and nothing failed.</summary>
    public bool Passed =>
        Checks.Any(check => check.Outcome == CheckOutcome.Passed)
        && Checks.All(check => check.Outcome != CheckOutcome.Failed);

    /// <summary>
    /// All checks in one word: failed if one failed, passed if something was checked and nothing failed, else skipped.
    /// </summary>
    public CheckOutcome Outcome => Passed ? CheckOutcome.Passed
        : Count(CheckOutcome.Failed) > 0 ? CheckOutcome.Failed
        : CheckOutcome.Skipped;

    /// <summary>The report as lines of at most 80 characters, for a person. It ends without a line break.</summary>
    public string ToText() => TextReport.Format(this);

    /// <summary>
    /// The report as an indented JSON object, as <c>docs/schemas/check-report.schema.json</c> describes it. NaN and
    /// infinite numbers are the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
    /// </summary>
    public string ToJson() => JsonReport.Format(this);

    /// <summary>
    /// The report as the XML of JUnit, which CI servers read: a test suite for each group, a test case for each check.
    /// What XML cannot hold becomes U+FFFD.
    /// </summary>
    public string ToJUnit() => JUnitReport.Format(this);

    /// <summary>The report as a section of GitHub's Markdown.</summary>
    public string ToMarkdown() => MarkdownReport.Format(this);

    /// <summary>The number of checks with an outcome.</summary>
    public int Count(CheckOutcome outcome) => Checks.Count(check => check.Outcome == outcome);
}
