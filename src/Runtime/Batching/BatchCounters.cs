namespace OnnxSentiment.Runtime;

/// <summary>Adds up what a queue has done. Thread-safe.</summary>
internal sealed class BatchCounters
{
    private long _texts;
    private long _batches;
    private long _queueTicks;
    private long _runTicks;

    /// <summary>When a text leaves the queue for a batch.</summary>
    public void OnDequeued(TimeSpan waited) => Interlocked.Add(ref _queueTicks, waited.Ticks);

    /// <summary>After a batch.</summary>
    public void OnRun(int texts, TimeSpan time)
    {
        Interlocked.Add(ref _texts, texts);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _runTicks, time.Ticks);
    }

    public BatchingStatistics ToStatistics() => new(
        Interlocked.Read(ref _texts),
        Interlocked.Read(ref _batches),
        TimeSpan.FromTicks(Interlocked.Read(ref _queueTicks)),
        TimeSpan.FromTicks(Interlocked.Read(ref _runTicks)));
}
