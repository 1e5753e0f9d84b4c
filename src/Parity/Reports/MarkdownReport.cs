using System.Text;

namespace OnnxSentiment.Parity;

/// <summary>A report as GitHub's Markdown: the outcome, what failed, and a table of the checks.</summary>
internal static class MarkdownReport
{
    // A page of GitHub's holds 1 MiB, and nobody reads a thousand rows.
    private const int MostRows = 200;
    private const int MostFailures = 20;
    private const int MostDetails = 4000;

    internal static string Format(CheckReport report)
    {
        var page = new StringBuilder();
        page.Append($"## {Escape(report.Command)}: {Strong(report.Outcome)}\n\n");
        var against = report.Against.Length > 0 ? $" against {Code(report.Against)}" : "";
        page.Append($"{Code(report.Subject)}{against}. {Sentence(ReportWords.Counts(report))}.\n");
        CheckResult[] worthReading = [.. report.Checks.Where(check => check.Outcome == CheckOutcome.Failed),
            .. report.Checks.Where(check => check.Outcome == CheckOutcome.Skipped)];
        foreach (var check in worthReading.Take(MostFailures))
        {
            WriteProblem(page, check);
        }

        WriteRest(page, worthReading.Length - MostFailures, "problem");
        if (report.Checks.Count > 0)
        {
            WriteTable(page, report.Checks);
        }

        return page.ToString();
    }

    private static void WriteProblem(StringBuilder page, CheckResult check)
    {
        page.Append($"\n**{Escape(check.Group)}, {Escape(check.Name)}** {ReportWords.Of(check.Outcome)}. ");
        page.Append($"{Escape(check.Message)}\n");
        if (check.Details.Length > 0)
        {
            var details = ReportWords.Clean(Shorten(check.Details));
            var fence = new string('`', Math.Max(3, LongestRun(details) + 1));
            page.Append($"\n{fence}text\n{details.TrimEnd('\n')}\n{fence}\n");
        }
    }

    private static void WriteTable(StringBuilder page, IReadOnlyList<CheckResult> checks)
    {
        page.Append("\n| | check | outcome | result |\n|---|---|---|---|\n");
        var rows = checks.OrderBy(check => check.Outcome == CheckOutcome.Failed ? 0 : 1).Take(MostRows).ToHashSet();
        var group = "";
        foreach (var check in checks.Where(rows.Contains))
        {
            page.Append($"| {(check.Group == group ? "" : Escape(check.Group))} | {Code(check.Name)} ");
            page.Append($"| {Strong(check.Outcome)} ");
            page.Append($"| {Result(check)} |\n");
            group = check.Group;
        }

        WriteRest(page, checks.Count - MostRows, "check");
    }

    // Why a check did not pass stands above the table.
    private static string Result(CheckResult check) => check.Outcome == CheckOutcome.Passed && check.Message.Length > 0
        ? Escape(check.Message)
        : string.Join("<br>", check.Measurements.Select(measurement => Escape(ReportWords.Of(measurement))));

    private static void WriteRest(StringBuilder page, int count, string what)
    {
        if (count > 0)
        {
            page.Append($"\n{count} more {what}{(count == 1 ? "" : "s")}: see the JSON.\n");
        }
    }

    private static string Strong(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Failed => "**FAILED**",
        _ => ReportWords.Of(outcome),
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Shorten(string text) =>
        text.Length <= MostDetails ? text : string.Concat(text.AsSpan(0, MostDetails), "\n…");

    // A code span where that is possible: a backtick would end it, a bar ends the cell of a table.
    private static string Code(string text) =>
        text.Trim().Length > 0 && text.IndexOfAny(['`', '|', '\n', '\r']) < 0
            ? $"`{ReportWords.Clean(text)}`"
            : Escape(text);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in ReportWords.Clean(text))
        {
            _ = character switch
            {
                '\n' => escaped.Append("<br>"),
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '>' or '|' or '~' or '#' or '$' =>
                    escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
