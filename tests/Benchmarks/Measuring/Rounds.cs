using System.Globalization;

namespace OnnxSentiment.Benchmarks;

/// <summary>Measures several things by turns, A B C A B C …, so that a noisy minute falls on all of them.</summary>
internal static class Rounds
{
    // Long enough for the workers of ONNX Runtime and OpenMP to stop spinning, which would take a core from the next.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures everything once without counting it, then once a round.</summary>
    /// <param name="count">The rounds that count.</param>
    /// <param name="measures">Each returns one figure.</param>
    /// <returns>The figures by the names of the measures.</returns>
    public static IReadOnlyDictionary<string, Series> Run(
        int count, IReadOnlyList<(string Name, Func<double> Measure)> measures)
    {
        var figures = measures.ToDictionary(measure => measure.Name, _ => new List<double>());
        for (var round = 0; round <= count; round++)
        {
            foreach (var (name, measure) in measures)
            {
                GC.Collect();
                Thread.Sleep(Pause);
                var figure = measure();
                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"round {round}/{count}  {figure,18:#,0.000}  {name}"));
                if (round > 0)
                {
                    figures[name].Add(figure);
                }
            }
        }

        return figures.ToDictionary(figure => figure.Key, figure => new Series(figure.Value));
    }
}
