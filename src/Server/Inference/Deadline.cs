namespace OnnxSentiment.Server.Inference;

/// <summary>A caller's own, shorter deadline.</summary>
internal static class Deadline
{
    /// <summary>Runs something that a cancellation ends, for a time at most.</summary>
    /// <exception cref="TimeoutException">The time passed first.</exception>
    public static async Task<T> ApplyAsync<T>(
        Func<CancellationToken, Task<T>> compute, TimeSpan? timeout, CancellationToken cancellation)
    {
        if (timeout is not { } time)
        {
            return await compute(cancellation);
        }

        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(time);
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
