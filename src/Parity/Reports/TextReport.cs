namespace OnnxSentiment.Parity;

/// <summary>A report as lines that fit a terminal of 80 columns.</summary>
internal static class TextReport
{
    internal const int Width = 80;

    private const int Indentation = 10;

    // Of a long group in which all is well, the names say nothing.
    private const int MostPassed = 12;

    internal static string Format(CheckReport report)
    {
        var lines = new List<string>();
        Add(lines, 0, $"{report.Command}: {Shown(report.Outcome)}: {report.Subject}"
            + (report.Against.Length > 0 ? $" against {report.Against}" : ""));
        foreach (var group in report.Checks.GroupBy(check => check.Group))
        {
            Add(lines, 0, group.Key);
            AddGroup(lines, [.. group]);
        }

        var counts = ReportWords.Counts(report);
        Add(lines, 0, $"{char.ToUpperInvariant(counts[0])}{counts[1..]}.");
        return string.Join('\n', lines);
    }

    private static void AddGroup(List<string> lines, IReadOnlyList<CheckResult> checks)
    {
        var passed = checks.Where(check => check.Outcome == CheckOutcome.Passed).ToList();
        var isLong = passed.Count > MostPassed;
        foreach (var check in isLong ? checks.Except(passed) : checks)
        {
            AddCheck(lines, check);
        }

        if (isLong)
        {
            lines.Add($"  {ReportWords.Of(CheckOutcome.Passed),-8}{passed.Count} checks");
        }
    }

    private static void AddCheck(List<string> lines, CheckResult check)
    {
        var first = lines.Count;
        Add(lines, Indentation, check.Name.Length > 0 ? check.Name : "(without a name)");
        lines[first] = $"  {Shown(check.Outcome),-8}{lines[first][Indentation..]}";
        Add(
            lines, Indentation,
            check.Message.Length > 0 ? check.Message : string.Join(", ", check.Measurements.Select(ReportWords.Of)));
        if (check.Outcome != CheckOutcome.Passed)
        {
            Add(lines, Indentation, check.Details);
        }
    }

    private static string Shown(CheckOutcome outcome) =>
        outcome == CheckOutcome.Failed ? "FAILED" : ReportWords.Of(outcome);

    private static void Add(List<string> lines, int indentation, string text)
    {
        if (text.Length > 0)
        {
            lines.AddRange(ReportWords.Clean(text).Split('\n').SelectMany(line => Wrap(line, indentation)));
        }
    }

    // At spaces, and within a word only where it is longer than a line.
    private static IEnumerable<string> Wrap(string text, int indentation)
    {
        var (margin, room) = (new string(' ', indentation), Width - indentation);
        var rest = text.TrimEnd();
        while (rest.Length > room)
        {
            var end = rest.LastIndexOf(' ', room);
            end = end > 0 && rest.AsSpan(0, end).ContainsAnyExcept(' ') ? end : CutOf(rest, room);
            yield return margin + rest[..end].TrimEnd();
            rest = rest[end..].TrimStart();
        }

        yield return margin + rest;
    }

    private static int CutOf(string text, int room) => char.IsHighSurrogate(text[room - 1]) ? room - 1 : room;
}
