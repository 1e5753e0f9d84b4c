namespace OnnxSentiment.Server;

/// <summary>A caller's own, shorter deadline.</summary>
internal static class Deadline
{
    /// <summary>As many as a <see cref="TimeSpan"/> can have.</summary>
    public const long LongestMicroseconds = long.MaxValue / TimeSpan.TicksPerMicrosecond;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Triton's <c>timeout</c>; null for 0, which is none.</summary>
    public static TimeSpan? OfMicroseconds(long microseconds) =>
        microseconds == 0 ? null : Bounded(TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>
    /// As timers take it: not less than a millisecond, and at most a day, which no server's deadline reaches.
    /// </summary>
    public static TimeSpan Bounded(TimeSpan timeout) =>
        timeout < Shortest ? Shortest : timeout > Longest ? Longest : timeout;

    /// <summary>Runs something that a cancellation ends, for a time at most.</summary>
    /// <exception cref="TimeoutException">The time passed first.</exception>
    public static async Task<T> ApplyAsync<T>(
        Func<CancellationToken, Task<T>> compute, TimeSpan? timeout, TimeProvider clock, CancellationToken cancellation)
    {
        if (timeout is not { } time)
        {
            return await compute(cancellation);
        }

        using var timer = new CancellationTokenSource(time, clock);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            return await compute(source.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("The request's own deadline passed.", e);
        }
    }
}
