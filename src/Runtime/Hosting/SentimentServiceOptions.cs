using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// The model of an app, as its configuration names it. Mutable, because the options framework fills it step by step; it
/// is checked once, when the host starts, and read when the model is first asked for.
/// </summary>
public sealed class SentimentServiceOptions
{
    /// <summary>The exported file. Required.</summary>
    public string? ModelPath { get; set; }

    /// <summary>
    /// <see cref="SentimentModelOptions.Device"/> as <see cref="Runtime.Device.Parse"/> reads it; null for its default.
    /// </summary>
    public string? Device { get; set; }

    /// <summary>See <see cref="SentimentModelOptions.AllowTf32"/>.</summary>
    public bool AllowTf32 { get; set; }

    /// <summary>See <see cref="SentimentModelOptions.ExecutionProviderLibrary"/>; null for none.</summary>
    public string? ExecutionProviderLibrary { get; set; }

    /// <summary>See <see cref="SentimentModelOptions.Threads"/>; null for its default.</summary>
    public int? Threads { get; set; }

    /// <summary>See <see cref="SentimentModelOptions.MaximumBatchTokens"/>; null for its default.</summary>
    public int? MaximumBatchTokens { get; set; }

    /// <summary>See <see cref="BatchingOptions.MaximumQueueLength"/>; null for its default.</summary>
    public int? MaximumQueueLength { get; set; }

    /// <summary>See <see cref="BatchingOptions.Deadline"/>; null for its default.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>How the model is to be loaded.</summary>
    /// <exception cref="InvalidInputException"><see cref="Device"/> names no device.</exception>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public SentimentModelOptions ToModelOptions() => new SentimentModelOptions
    {
        Device = Device is null ? Runtime.Device.Auto : Runtime.Device.Parse(Device),
        AllowTf32 = AllowTf32,
        ExecutionProviderLibrary = ExecutionProviderLibrary,
        Threads = Threads,
        MaximumBatchTokens = MaximumBatchTokens,
    }.Validated();

    /// <summary>How texts are to be queued.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public BatchingOptions ToBatchingOptions()
    {
        var defaults = new BatchingOptions();
        return new BatchingOptions
        {
            MaximumQueueLength = MaximumQueueLength ?? defaults.MaximumQueueLength,
            Deadline = Deadline ?? defaults.Deadline,
        }.Validated();
    }
}
