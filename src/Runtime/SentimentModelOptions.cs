using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>How a loaded model uses the machine; no value changes what it predicts. Immutable.</summary>
public sealed record SentimentModelOptions
{
    /// <summary>
    /// The runs that one call with a list keeps going side by side, each on one thread: 1 to 1,024, by default one for
    /// each core. A single text always takes one thread, the caller's.
    /// </summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 1_024);

    /// <summary>
    /// The ids, padding included, that one run computes at most: 1 to 1,000,000, by default 1,024. A text that is longer
    /// than that runs alone. Larger batches leave the processor's cache, smaller ones leave its vector units idle.
    /// </summary>
    public int MaximumBatchTokens { get; init; } = 1_024;

    /// <summary>Returns the options, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public SentimentModelOptions Validated()
    {
        Settings.InRange("threads", Threads, 1, 1_024);
        Settings.InRange("maximum_batch_tokens", MaximumBatchTokens, 1, 1_000_000);
        return this;
    }
}
