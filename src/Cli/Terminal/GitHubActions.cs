using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli;

/// <summary>
/// What GitHub Actions shows of a report: a section of the job's summary, and annotations, which are lines that the
/// runner reads from the output ("Workflow commands for GitHub Actions").
/// </summary>
internal sealed class GitHubActions
{
    // GitHub shows ten errors and ten warnings of a step.
    private const int MostAnnotations = 10;

    private readonly TextWriter _messages;
    private readonly string? _summaryPath;

    private GitHubActions(TextWriter messages, string? summaryPath) =>
        (_messages, _summaryPath) = (messages, summaryPath);

    /// <summary>The runner that this process is a step of; null elsewhere.</summary>
    /// <param name="variable">Environment variables by their name.</param>
    /// <param name="messages">A stream of the process: the runner reads both.</param>
    internal static GitHubActions? Find(Func<string, string?> variable, TextWriter messages) =>
        variable("GITHUB_ACTIONS") == "true" ? new(messages, variable("GITHUB_STEP_SUMMARY")) : null;

    /// <summary>
    /// Adds the report to the summary, an error for each failed check, and a warning for each that could not tell.
    /// </summary>
    internal void Publish(CheckReport report)
    {
        Annotate("error", report, CheckOutcome.Failed);
        Annotate("warning", report, CheckOutcome.Skipped);
        AppendSummary(report.ToMarkdown());
    }

    /// <summary>Shows that a command could not do its work.</summary>
    internal void PublishError(string command, string message) => Annotate("error", command, message);

    private void Annotate(string level, CheckReport report, CheckOutcome outcome)
    {
        var checks = report.Checks.Where(check => check.Outcome == outcome).ToList();
        var shown = checks.Count > MostAnnotations ? MostAnnotations - 1 : checks.Count;
        foreach (var check in checks.Take(shown))
        {
            Annotate(level, $"{report.Command}: {check.Group}, {check.Name}", check.Message);
        }

        if (shown < checks.Count)
        {
            var rest = outcome == CheckOutcome.Failed ? "failed" : "skipped";
            Annotate(level, report.Command, $"{checks.Count - shown} more {rest}.");
        }
    }

    private void Annotate(string level, string title, string message) =>
        _messages.WriteLine($"::{level} title={EscapeProperty(title)}::{Escape(message)}");

    // The checks decide, not whether their summary can be shown.
    private void AppendSummary(string markdown)
    {
        if (string.IsNullOrEmpty(_summaryPath))
        {
            return;
        }

        try
        {
            File.AppendAllText(_summaryPath, markdown + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _messages.WriteLine($"The summary of the step cannot be written: {e.Message}");
        }
    }

    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => Escape(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
