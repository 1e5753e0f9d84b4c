using System.Collections.Concurrent;
using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// The models that are served, by name and version, from a folder in Triton's layout. Requests take a version by a
/// lease and never
/// wait; loading and unloading happen one at a time. Thread-safe.
/// </summary>
internal sealed class ModelRepository(
    ModelsOptions options, VersionLoader loader, TimeProvider clock, ILogger<ModelRepository> logger) : IDisposable
{
    // Most runs take milliseconds, and no further ones begin.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, ModelEntry> _entries = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changes = new(1);

    /// <summary>Whether any model is served.</summary>
    public bool ServesAny => _entries.Values.Any(entry => entry.Served.Count > 0);

    /// <summary>Whether a version waits until its files have settled.</summary>
    public bool HasWaiting => _entries.Values.Any(entry => entry.HasWaiting);

    /// <summary>All versions that are served.</summary>
    public IReadOnlyList<ModelVersion> Served => [.. Entries().SelectMany(entry => entry.Served)];

    /// <summary>Every version in the repository, served or not.</summary>
    public async Task<IReadOnlyList<VersionState>> IndexAsync(CancellationToken cancellation)
    {
        await _changes.WaitAsync(cancellation);
        try
        {
            return [.. Entries().SelectMany(entry => entry.States())];
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>The versions of a model that are served, the newest first; at least one.</summary>
    /// <exception cref="RequestException">There is no such model, or nothing of it is served.</exception>
    public IReadOnlyList<ModelVersion> VersionsOf(string name)
    {
        var served = EntryOf(name).Served;
        return served.Count == 0
            ? throw new RequestException(
                StatusCode.Unavailable, $"Request for unknown model: '{name}' has no available versions")
            : served;
    }

    /// <summary>Takes a version for the time of a request.</summary>
    /// <param name="name">The model.</param>
    /// <param name="version">The version; null or empty for the newest.</param>
    /// <exception cref="RequestException">There is no such model or version, or nothing of it is served.</exception>
    public ModelLease Lease(string name, string? version)
    {
        while (true)
        {
            var versions = VersionsOf(name);
            var found = string.IsNullOrEmpty(version)
                ? versions[0]
                : versions.FirstOrDefault(v => v.Version == version);
            if (found is null)
            {
                throw new RequestException(
                    StatusCode.NotFound,
                    $"Request for unknown model: '{name}' version {ShownVersion(version!)} is not found");
            }

            // Retired between the two lines, so another is served by now.
            if (found.TryLease() is { } lease)
            {
                return lease;
            }
        }
    }

    /// <summary>
    /// The model of requests that name none: the only one that is served, else the only one there is.
    /// </summary>
    /// <exception cref="RequestException">None is, or several are and no setting says which.</exception>
    public string DefaultName()
    {
        if (options.Default is { } name)
        {
            return name;
        }

        var entries = _entries.Values.ToList();
        var served = entries.Where(entry => entry.Served.Count > 0).ToList();
        return (served.Count > 0 ? served : entries) is [var only] ? only.Name
            : served.Count == 0 ? throw new RequestException(StatusCode.Unavailable, "No model is served.")
            : throw RequestException.Invalid("Several models are served: name one as 'model'.");
    }

    /// <summary>Looks what has changed in the repository.</summary>
    /// <param name="waitForCopies">See <see cref="ModelEntry.Update"/>.</param>
    /// <param name="cancellation">Begins no further model.</param>
    public Task RefreshAsync(bool waitForCopies, CancellationToken cancellation) => ChangeAsync(() =>
    {
        var found = VersionFolder.Models(options.Root);
        foreach (var name in found.Union(_entries.Keys))
        {
            cancellation.ThrowIfCancellationRequested();
            Refresh(EntryFor(name), found.Contains(name), waitForCopies);
            if (_entries[name].IsGone)
            {
                _entries.TryRemove(name, out _);
            }
        }
    }, cancellation);

    /// <summary>Loads a model's newest versions from what lies in the repository now.</summary>
    /// <exception cref="RequestException">There is no such model, or it cannot be loaded.</exception>
    public Task LoadAsync(string name, CancellationToken cancellation) => ChangeAsync(() =>
    {
        var folders = FoldersOf(name);
        var entry = EntryFor(name);
        entry.Load(folders);
        if (entry.States()[0] is { Reason.Length: > 0 } newest)
        {
            throw RequestException.Invalid(
                $"failed to load '{name}' version {newest.Version}: {newest.Reason}");
        }
    }, cancellation);

    /// <summary>Serves a model no more; requests under way end undisturbed.</summary>
    /// <exception cref="RequestException">There is no such model.</exception>
    public Task UnloadAsync(string name, CancellationToken cancellation) =>
        ChangeAsync(() => EntryOf(name).Unload(), cancellation);

    /// <summary>
    /// Serves nothing more, once a change and the runs under way are done: a process that ends while ONNX Runtime makes
    /// a session is killed by a memory fault. Requests that wait fail. Later changes never begin; whoever asks for one
    /// has to cancel.
    /// </summary>
    public void Dispose()
    {
        _changes.Wait();
        var served = Served;
        foreach (var entry in _entries.Values)
        {
            entry.Unload();
        }

        Task.WaitAll([.. served.Select(version => version.EndAsync())], LongestRun);
    }

    private static string ShownVersion(string version) =>
        ModelNames.TryParseVersion(version, out _) ? version : "of other characters than a number";

    private static RequestException Unknown(string name) =>
        new(StatusCode.NotFound, $"Request for unknown model: {ModelNames.Shown(name)} is not found");

    private IEnumerable<ModelEntry> Entries() => _entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private ModelEntry EntryOf(string name) => _entries.TryGetValue(name, out var entry) ? entry : throw Unknown(name);

    private ModelEntry EntryFor(string name) =>
        _entries.GetOrAdd(name, _ => new ModelEntry(name, options, loader.Load, clock, logger));

    private void Refresh(ModelEntry entry, bool isThere, bool waitForCopies)
    {
        try
        {
            entry.Update(
                isThere ? VersionFolder.Versions(Path.Combine(options.Root, entry.Name)) : null, waitForCopies);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its rights are wrong, or it is being moved: no matter of the other models.
            entry.Keep(e.Message);
        }
    }

    private IReadOnlyList<VersionFolder> FoldersOf(string name)
    {
        var folder = ModelNames.IsName(name) ? Path.Combine(options.Root, name) : null;
        try
        {
            return Directory.Exists(folder) && VersionFolder.Versions(folder) is { Count: > 0 } versions
                ? versions
                : throw Unknown(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RequestException.Invalid($"failed to load '{name}': {e.Message}");
        }
    }

    private async Task ChangeAsync(Action change, CancellationToken cancellation)
    {
        await _changes.WaitAsync(cancellation);
        try
        {
            await Task.Run(change, CancellationToken.None);
        }
        finally
        {
            _changes.Release();
        }
    }
}
