namespace OnnxSentiment.Runtime;

/// <summary>The queue of a <see cref="BatchingSentimentModel"/> is full: try again later, or elsewhere.</summary>
public sealed class QueueFullException : InvalidOperationException
{
    internal QueueFullException(int queueLength)
        : base($"{queueLength} texts wait already, as many as the queue holds; try again later, or raise {nameof(BatchingOptions.MaximumQueueLength)}.") =>
        QueueLength = queueLength;

    /// <summary>The texts that waited.</summary>
    public int QueueLength { get; }
}
