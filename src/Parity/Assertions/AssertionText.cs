namespace OnnxSentiment.Parity;

/// <summary>The message of an assertion that does not hold.</summary>
internal static class AssertionText
{
    /// <summary>A line that says what failed, then the report.</summary>
    internal static string Of(CheckReport report) => $"{Headline(report)}\n{report.ToText()}";

    private static string Headline(CheckReport report)
    {
        var failed = report.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed);
        var against = report.Against.Length == 0 ? "the check" : report.Against;
        return failed is null
            ? $"'{report.Subject}' could not be compared with {against}: no check was made{ReasonOf(report)}."
            : $"'{report.Subject}' does not agree with {against}: {report.Count(CheckOutcome.Failed)} of " +
                $"{report.Checks.Count} checks failed, the first in '{failed.Group}': " +
                (failed.Message.Length > 0 ? failed.Message : failed.Name);
    }

    private static string ReasonOf(CheckReport report) =>
        report.Checks.FirstOrDefault(check => check.Message.Length > 0) is { } check ? $"; {check.Message}" : "";
}
