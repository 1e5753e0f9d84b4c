namespace OnnxSentiment.Runtime;

/// <summary>The queue of a <see cref="BatchingSentimentModel"/> is full: try again later, or elsewhere.</summary>
public sealed class QueueFullException : InvalidOperationException
{
    internal QueueFullException(int waiting, int maximum)
        : base(
            $"{waiting} texts wait already, and the queue holds {maximum}; try again later, or raise "
            + $"{nameof(BatchingOptions.MaximumQueueLength)}.") =>
        QueueLength = waiting;

    /// <summary>The texts that waited.</summary>
    public int QueueLength { get; }
}
