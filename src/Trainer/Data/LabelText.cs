using System.Globalization;

namespace OnnxSentiment.Trainer;

/// <summary>Names of classes, put in order and listed for messages.</summary>
internal static class LabelText
{
    private const int Shown = 5;

    /// <summary>By value where every name is a finite number (1, 2, … 10), else by UTF-16 units.</summary>
    public static IReadOnlyList<string> InNaturalOrder(IReadOnlyCollection<string> labels)
    {
        var numbers = labels.Select(Number).ToList();
        var ordered = labels.Order(StringComparer.Ordinal);
        return [.. numbers.Contains(null) ? ordered : ordered.OrderBy(Number)];
    }

    /// <summary>For instance <c>1, 2 and 3</c>; of many, the first few and how many there are.</summary>
    public static string List(IReadOnlyList<string> labels) => labels.Count > Shown
        ? $"{string.Join(", ", labels.Take(Shown))}, … {labels.Count} in all"
        : string.Join(" and ", (string[])[string.Join(", ", labels.SkipLast(1)), labels[^1]]);

    private static double? Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;
}
