using System.Text;

namespace OnnxSentiment.Parity;

/// <summary>The message of an assertion that does not hold.</summary>
internal static class AssertionText
{
    private const string Indentation = "        ";

    /// <summary>A line that says what failed, then a line for each check, the failed ones first.</summary>
    internal static string Of(CheckReport report)
    {
        var text = new StringBuilder(Headline(report));
        foreach (var check in report.Checks.OrderBy(check => check.Outcome != CheckOutcome.Failed))
        {
            text.Append('\n').Append(Line(check));
        }

        return text.ToString();
    }

    private static string Headline(CheckReport report)
    {
        var failed = report.Checks.Where(check => check.Outcome == CheckOutcome.Failed).ToList();
        var against = report.Against.Length == 0 ? "the check" : report.Against;
        var reason = report.Checks.Count == 0 ? "" : $"; {report.Checks[0].Message}";
        return failed.Count == 0
            ? $"'{report.Subject}' could not be compared with {against}: no check was made{reason}."
            : $"'{report.Subject}' does not agree with {against}: {failed.Count} of {report.Checks.Count} checks " +
                $"failed, the first in '{failed[0].Group}': " +
                (failed[0].Message.Length > 0 ? failed[0].Message : failed[0].Name);
    }

    private static string Line(CheckResult check)
    {
        var outcome = check.Outcome switch
        {
            CheckOutcome.Passed => "passed  ",
            CheckOutcome.Failed => "FAILED  ",
            _ => "skipped ",
        };
        var details = check.Details.Length == 0
            ? ""
            : $"\n{Indentation}{check.Details.ReplaceLineEndings($"\n{Indentation}")}";
        return $"{outcome}{check.Group}: {NameAndMessage(check)}{details}";
    }

    private static string NameAndMessage(CheckResult check) =>
        check.Message.Length == 0 ? check.Name : $"{check.Name}: {check.Message}";
}
