using System.Globalization;
using System.Text;

namespace OnnxSentiment.Parity;

/// <summary>The words and numbers that all forms of a report share, the same under every culture.</summary>
internal static class ReportWords
{
    private const char Replacement = '\uFFFD';

    /// <summary>The outcome as programs read it.</summary>
    internal static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Failed => "failed",
        _ => "skipped",
    };

    /// <summary>How many checks there were, and how they came out.</summary>
    internal static string Counts(CheckReport report)
    {
        CheckOutcome[] outcomes = [CheckOutcome.Passed, CheckOutcome.Failed, CheckOutcome.Skipped];
        var counts = outcomes.Where(outcome => report.Count(outcome) > 0)
            .Select(outcome => $"{Whole(report.Count(outcome))} {Of(outcome)}");
        return report.Checks.Count == 0
            ? "nothing was checked"
            : $"{Whole(report.Checks.Count)} {(report.Checks.Count == 1 ? "check" : "checks")}: "
                + string.Join(", ", counts);
    }

    /// <summary>A measurement with its limit, for instance <c>label flips 0 (allowed 0)</c>.</summary>
    internal static string Of(Measurement measurement) =>
        $"{measurement.Name} {Number(measurement.Value)}"
        + (measurement.Allowed is { } allowed ? $" (allowed {Number(allowed)})" : "");

    /// <summary>A number for people: whole ones in full, others with three significant digits.</summary>
    internal static string Number(double value) => value switch
    {
        _ when !double.IsFinite(value) => value.ToString(CultureInfo.InvariantCulture),
        _ when value == Math.Floor(value) && Math.Abs(value) < 1e15 => Whole(value),
        _ when Math.Abs(value) is >= 1e-3 and < 1e6 => value.ToString("#,0.######", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0#e-00", CultureInfo.InvariantCulture),
    };

    /// <summary>Replaces control characters, save tabs and line feeds, and halves of characters.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var isText = rune.Value is '\t' or '\n'
                || (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF));
            clean.Append(isText ? rune.ToString() : Replacement.ToString());
        }

        return clean.ToString();
    }

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
