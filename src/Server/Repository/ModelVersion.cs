using System.Globalization;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>
/// A loaded version: the model and its queue, freed when the repository has retired it and the last request under way
/// on it has ended. Thread-safe.
/// </summary>
internal sealed class ModelVersion
{
    private readonly SharedLifetime _lifetime;

    /// <summary>Takes over model and queue, and disposes them.</summary>
    public ModelVersion(
        string name, VersionFolder folder, SentimentModel model, BatchingSentimentModel queue, TimeProvider clock)
    {
        Name = name;
        Folder = folder;
        Model = model;
        Queue = queue;
        Signature = new ModelSignature(model);
        Statistics = new ModelStatistics(clock);
        _lifetime = new SharedLifetime(Free);
    }

    public string Name { get; }

    public VersionFolder Folder { get; }

    public long Number => Folder.Version;

    /// <summary>The number as the protocols write it.</summary>
    public string Version => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the version is known to be what was exported.</summary>
    public VersionProof Proof { get; init; } = new(false, "it was not checked");

    public SentimentModel Model { get; }

    public BatchingSentimentModel Queue { get; }

    public ModelSignature Signature { get; }

    public ModelStatistics Statistics { get; }

    /// <summary>Ends when the memory is freed.</summary>
    public Task Freed => _lifetime.Freed;

    /// <summary>Begins a use; the lease's disposal ends it.</summary>
    /// <returns>Null if the version has been retired.</returns>
    public ModelLease? TryLease() => _lifetime.TryEnter() ? new ModelLease(this, _lifetime) : null;

    /// <summary>Lets no further use begin; the last one under way frees the memory.</summary>
    public void Retire() => _lifetime.End();

    /// <summary>Ends the uses of others too, whose requests fail; the task ends with the last run under way.</summary>
    public async Task EndAsync()
    {
        Queue.Dispose();
        await Model.DisposeAsync();
    }

    private void Free()
    {
        Queue.Dispose();
        Model.Dispose();
    }
}

/// <summary>A use of a version, which lives at least as long as this.</summary>
internal sealed class ModelLease(ModelVersion version, SharedLifetime lifetime) : IDisposable
{
    private int _disposed;

    public ModelVersion Version => version;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            lifetime.Exit();
        }
    }
}
