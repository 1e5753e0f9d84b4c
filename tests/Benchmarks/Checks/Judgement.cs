using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Says which bounds are met, on a page and to the shell.</summary>
internal static class Judgement
{
    /// <summary>Adds the table of the bounds to a page.</summary>
    public static void AddTo(Report report, IEnumerable<Bound> bounds) => report.AddTable(
        ["figure", "measured", "bound", ""],
        bounds.Select(bound => (IReadOnlyList<string>)
            [bound.Name, Format(bound.Figure, "0.000"), Limit(bound), bound.IsMet ? "met" : "MISSED"]));

    /// <summary>Names what is missed.</summary>
    /// <returns>The exit code: 0 if every bound is met, 1 otherwise.</returns>
    public static int ExitCode(IReadOnlyList<Bound> bounds)
    {
        foreach (var bound in bounds.Where(bound => !bound.IsMet))
        {
            Console.Error.WriteLine(
                $"bench.sh: missed: {bound.Name}: {Format(bound.Figure, "0.000")}, but {Limit(bound)} is demanded.");
        }

        return bounds.All(bound => bound.IsMet) ? 0 : 1;
    }

    private static string Limit(Bound bound) =>
        $"{(bound.IsAtLeast ? "at least" : "at most")} {Format(bound.Limit, "0.##")}";
}
