using System.Globalization;

namespace OnnxSentiment.Benchmarks;

/// <summary>What one number of texts took, in a process of its own.</summary>
/// <param name="Way">One of <see cref="GrowthRun.Ways"/>.</param>
/// <param name="Texts">How many.</param>
/// <param name="TextsPerSecond">The median call.</param>
/// <param name="WorkingSet">The largest resident memory of the process's life, in megabytes (10⁶ bytes).</param>
/// <param name="Managed">The largest managed heap that was seen, in megabytes.</param>
internal sealed record GrowthPoint(string Way, int Texts, double TextsPerSecond, double WorkingSet, double Managed)
{
    /// <summary>Measures in a new process, because the largest memory of a process never falls.</summary>
    public static GrowthPoint Measure(string way, int texts, string file) =>
        Parse(
            ChildProcess.Run([GrowthRun.Command, way, texts.ToString(CultureInfo.InvariantCulture), file]), way, texts);

    /// <summary>The line by which the other process answers.</summary>
    public string ToLine() =>
        string.Create(CultureInfo.InvariantCulture, $"{TextsPerSecond:R} {WorkingSet:R} {Managed:R}");

    private static GrowthPoint Parse(string line, string way, int texts)
    {
        var figures = Array.ConvertAll(line.Split(' '), figure => double.Parse(figure, CultureInfo.InvariantCulture));
        return new GrowthPoint(way, texts, figures[0], figures[1], figures[2]);
    }
}
