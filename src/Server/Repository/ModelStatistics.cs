namespace OnnxSentiment.Server;

/// <summary>What requests a version has answered. Thread-safe.</summary>
internal sealed class ModelStatistics(TimeProvider clock)
{
    private long _successes;
    private long _successTicks;
    private long _failures;
    private long _failureTicks;
    private long _lastInference;

    /// <summary>Requests answered, and their time in nanoseconds.</summary>
    public (long Count, long Nanoseconds) Success => (Interlocked.Read(ref _successes), Nanoseconds(ref _successTicks));

    /// <summary>Requests not answered, and their time in nanoseconds.</summary>
    public (long Count, long Nanoseconds) Failure => (Interlocked.Read(ref _failures), Nanoseconds(ref _failureTicks));

    /// <summary>When the last request was answered, in milliseconds since 1970; 0 for never.</summary>
    public long LastInference => Interlocked.Read(ref _lastInference);

    /// <summary>Answers a request and counts it.</summary>
    public async Task<T> CountAsync<T>(Func<Task<T>> answer)
    {
        var started = clock.GetTimestamp();
        var isSuccess = false;
        try
        {
            var result = await answer();
            isSuccess = true;
            return result;
        }
        finally
        {
            Count(started, isSuccess);
        }
    }

    private void Count(long started, bool isSuccess)
    {
        var ticks = clock.GetElapsedTime(started).Ticks;
        if (isSuccess)
        {
            Interlocked.Increment(ref _successes);
            Interlocked.Add(ref _successTicks, ticks);
            Interlocked.Exchange(ref _lastInference, clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
        else
        {
            Interlocked.Increment(ref _failures);
            Interlocked.Add(ref _failureTicks, ticks);
        }
    }

    private static long Nanoseconds(ref long ticks) => Interlocked.Read(ref ticks) * TimeSpan.NanosecondsPerTick;
}
