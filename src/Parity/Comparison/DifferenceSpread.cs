using System.Globalization;

namespace OnnxSentiment.Parity;

/// <summary>How the differences of two tensors are spread.</summary>
/// <param name="Count">Pairs of numbers.</param>
/// <param name="NotFinite">Pairs in which a number is NaN or infinite.</param>
/// <param name="Largest">The largest difference of finite numbers; 0 where there are none.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Percentile999">The difference that 99.9 % of them do not exceed.</param>
/// <param name="Decades">
/// How many differences lie in each power of ten that has any, the smallest first; an exponent of null stands for 0.
/// </param>
public sealed record DifferenceSpread(
    int Count, int NotFinite, double Largest, double Mean, double Percentile999,
    IReadOnlyList<(int? Exponent, int Count)> Decades)
{
    private const int BarWidth = 40;

    /// <summary>The differences as a histogram, a line for each power of ten.</summary>
    public string ToText()
    {
        var most = Decades.Select(decade => decade.Count).Append(NotFinite).Max();
        var lines = Decades.Select(decade => Line(
            decade.Exponent is { } power ? $"1e{power:+00;-00} to 1e{power + 1:+00;-00}" : "0", decade.Count, most));
        return string.Join('\n', NotFinite > 0 ? lines.Append(Line("NaN or infinite", NotFinite, most)) : lines);
    }

    /// <summary>Spreads the differences of two lists of numbers of one length.</summary>
    internal static DifferenceSpread Of(double[] actual, double[] expected)
    {
        double[] differences = [.. actual.Zip(expected, (a, e) => Math.Abs(a - e)).Where(double.IsFinite).Order()];
        var decades = differences.GroupBy(Decade).OrderBy(decade => decade.Key ?? int.MinValue);
        return new(
            actual.Length,
            actual.Length - differences.Length,
            differences.LastOrDefault(),
            differences.DefaultIfEmpty().Average(),
            differences.Length == 0 ? 0 : differences[(int)Math.Ceiling(0.999 * differences.Length) - 1],
            [.. decades.Select(decade => (decade.Key, decade.Count()))]);
    }

    private static int? Decade(double difference) =>
        difference == 0 ? null : (int)Math.Floor(Math.Log10(difference));

    private static string Line(string range, int count, int most)
    {
        var bar = new string('#', (int)Math.Ceiling((double)count * BarWidth / most));
        return string.Create(CultureInfo.InvariantCulture, $"{range,-16} {count,10:N0} {bar}");
    }
}
