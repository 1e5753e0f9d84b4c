using System.Globalization;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>
/// A loaded version: the model and its queue, freed when the repository has retired it and the last request under way on it has
/// ended. Thread-safe.
/// </summary>
internal sealed class ModelVersion
{
    private readonly Lock _lock = new();

    // The repository's own use counts as one.
    private int _users = 1;

    /// <summary>Takes over model and queue, and disposes them.</summary>
    public ModelVersion(string name, VersionFolder folder, SentimentModel model, BatchingSentimentModel queue)
    {
        Name = name;
        Folder = folder;
        Model = model;
        Queue = queue;
        Signature = new ModelSignature(model);
    }

    public string Name { get; }

    public VersionFolder Folder { get; }

    public long Number => Folder.Version;

    /// <summary>The number as the protocols write it.</summary>
    public string Version => Number.ToString(CultureInfo.InvariantCulture);

    public SentimentModel Model { get; }

    public BatchingSentimentModel Queue { get; }

    public ModelSignature Signature { get; }

    public ModelStatistics Statistics { get; } = new();

    /// <summary>Begins a use; the lease's disposal ends it.</summary>
    /// <returns>Null if the version has been freed.</returns>
    public ModelLease? TryLease()
    {
        lock (_lock)
        {
            if (_users == 0)
            {
                return null;
            }

            _users++;
            return new ModelLease(this);
        }
    }

    /// <summary>Ends a use, the repository's own one included; the last one frees the memory.</summary>
    public void Release()
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --_users == 0;
        }

        if (isLast)
        {
            Queue.Dispose();
            Model.Dispose();
        }
    }

    /// <summary>Ends the uses of others too, whose requests fail; the task ends with the last run under way.</summary>
    public async Task EndAsync()
    {
        Queue.Dispose();
        await Model.DisposeAsync();
    }
}

/// <summary>A use of a version, which lives at least as long as this.</summary>
internal sealed class ModelLease(ModelVersion version) : IDisposable
{
    private int _disposed;

    public ModelVersion Version => version;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            version.Release();
        }
    }
}
