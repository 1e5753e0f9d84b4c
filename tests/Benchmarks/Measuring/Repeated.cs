using System.Diagnostics;

namespace OnnxSentiment.Benchmarks.Measuring;

/// <summary>Repeats short work until the clock can tell it.</summary>
internal static class Repeated
{
    /// <summary>The seconds that one call took, as the mean over at least <paramref name="minimum"/>.</summary>
    public static double Seconds(Action work, TimeSpan minimum)
    {
        var start = Stopwatch.GetTimestamp();
        for (var calls = 1; ; calls++)
        {
            work();
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= minimum)
            {
                return elapsed.TotalSeconds / calls;
            }
        }
    }
}
