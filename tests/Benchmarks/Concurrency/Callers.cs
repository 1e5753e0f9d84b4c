using System.Diagnostics;

namespace OnnxSentiment.Benchmarks;

/// <summary>A closed loop: callers that each ask for the next text as soon as they have an answer.</summary>
internal static class Callers
{
    /// <summary>Lets callers that wait on threads of their own ask for a while.</summary>
    public static Load OnThreads(int count, TimeSpan time, Action<int> call)
    {
        var latencies = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var threads = Enumerable.Range(0, count).Select(caller => new Thread(() =>
        {
            for (var i = caller; Stopwatch.GetElapsedTime(start) < time; i += count)
            {
                var asked = Stopwatch.GetTimestamp();
                call(i);
                latencies[caller].Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Load.Of(latencies, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - used);
    }

    /// <summary>Lets callers that wait without a thread ask for a while.</summary>
    public static Load Waiting(int count, TimeSpan time, Func<int, Task> call)
    {
        var latencies = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Task.WaitAll(Enumerable.Range(0, count).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; Stopwatch.GetElapsedTime(start) < time; i += count)
            {
                var asked = Stopwatch.GetTimestamp();
                await call(i);
                latencies[caller].Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        })));
        return Load.Of(latencies, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - used);
    }
}

/// <summary>What callers saw.</summary>
/// <param name="TextsPerSecond">Of all callers together.</param>
/// <param name="TextsPerProcessorSecond">
/// For each second of processor time: what batching saves, even on a machine that gives many threads more than few.
/// </param>
/// <param name="P50">The median call, in milliseconds.</param>
/// <param name="P99">99 of 100 calls were faster, in milliseconds.</param>
/// <param name="Longest">The longest call, in milliseconds.</param>
internal sealed record Load(
    double TextsPerSecond, double TextsPerProcessorSecond, double P50, double P99, double Longest)
{
    public static Load Of(IEnumerable<IReadOnlyList<double>> latencies, TimeSpan time, TimeSpan processor)
    {
        double[] all = [.. latencies.SelectMany(calls => calls)];
        return new Load(
            all.Length / time.TotalSeconds, all.Length / processor.TotalSeconds,
            Series.Quantile(all, 0.5), Series.Quantile(all, 0.99), all.Max());
    }
}
