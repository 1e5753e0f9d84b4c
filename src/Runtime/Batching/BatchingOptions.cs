namespace OnnxSentiment.Runtime;

/// <summary>How <see cref="BatchingSentimentModel"/> queues. Immutable.</summary>
public sealed record BatchingOptions
{
    /// <summary>
    /// The texts that wait at most: 1 to 16,384, by default 1,024. One more is refused at once with
    /// <see cref="QueueFullException"/>, so that a caller can slow down while an answer is still of use.
    /// </summary>
    public int MaximumQueueLength { get; init; } = 1_024;

    /// <summary>
    /// How long a text may wait for its batch to begin: more than 0 to 1 hour, by default 10 seconds. Then its call
    /// fails with <see cref="TimeoutException"/> and costs no computation.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the options, or says which value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public BatchingOptions Validated()
    {
        OptionRange.Check(nameof(MaximumQueueLength), MaximumQueueLength, 1, 16_384);
        return Deadline > TimeSpan.Zero && Deadline <= TimeSpan.FromHours(1)
            ? this
            : throw new ArgumentOutOfRangeException(
                nameof(Deadline),
                $"{nameof(Deadline)} is {Deadline}; give a time of more than 0 and at most 1 hour, for instance "
                + "00:00:02 for two seconds.");
    }
}
