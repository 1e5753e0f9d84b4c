using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>The section <c>Batching</c>: how a model's callers share its runs. Immutable.</summary>
internal sealed record BatchingSettings
{
    /// <summary>
    /// Whether texts of several callers are computed together; without, each text is a run of its own.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>See <see cref="SentimentModelOptions.MaximumBatchTokens"/>.</summary>
    public int? MaximumBatchTokens { get; init; }

    /// <summary>See <see cref="SentimentModelOptions.Threads"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>See <see cref="BatchingOptions.MaximumQueueLength"/>.</summary>
    public int MaximumQueueLength { get; init; } = new BatchingOptions().MaximumQueueLength;

    /// <summary>See <see cref="BatchingOptions.Deadline"/>; a request's <c>timeout</c> can only shorten it.</summary>
    public TimeSpan Deadline { get; init; } = new BatchingOptions().Deadline;

    /// <summary>Returns the settings, or says which value cannot be used.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public BatchingSettings Validated(ModelsOptions models)
    {
        try
        {
            ToModelOptions(models);
            ToBatchingOptions();
            return this;
        }
        catch (ArgumentException e)
        {
            throw new InvalidInputException(e.Message, e);
        }
    }

    /// <summary>How texts are to be queued.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public BatchingOptions ToBatchingOptions() =>
        new BatchingOptions { MaximumQueueLength = MaximumQueueLength, Deadline = Deadline }.Validated();

    /// <summary>How models are to be loaded.</summary>
    /// <exception cref="InvalidInputException">The device is none.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public SentimentModelOptions ToModelOptions(ModelsOptions models) => new SentimentModelOptions
    {
        Device = models.Device is null ? Device.Auto : Device.Parse(models.Device),
        AllowTf32 = models.AllowTf32,
        ExecutionProviderLibrary = models.ExecutionProviderLibrary,
        Threads = Threads,

        // No two texts fit into a batch of one id.
        MaximumBatchTokens = Enabled ? MaximumBatchTokens : 1,
    }.Validated();
}
