using System.Diagnostics;

namespace OnnxSentiment.Benchmarks;

/// <summary>Repeats short work until a clock can tell it.</summary>
internal static class Repeated
{
    /// <summary>The seconds that one call took, as the mean over at least <paramref name="minimum"/>.</summary>
    public static double Seconds(Action work, TimeSpan minimum)
    {
        var start = Stopwatch.GetTimestamp();
        return Mean(work, minimum, () => Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// The seconds of processor time, of all threads together, that one call took, as the mean over at least
    /// <paramref name="minimum"/>. For work on one thread that is what a core takes, even where others want the core
    /// too.
    /// </summary>
    public static double ProcessorSeconds(Action work, TimeSpan minimum)
    {
        var start = Environment.CpuUsage.TotalTime;
        return Mean(work, minimum, () => Environment.CpuUsage.TotalTime - start);
    }

    private static double Mean(Action work, TimeSpan minimum, Func<TimeSpan> elapsed)
    {
        for (var calls = 1; ; calls++)
        {
            work();
            var time = elapsed();
            if (time >= minimum)
            {
                return time.TotalSeconds / calls;
            }
        }
    }
}
