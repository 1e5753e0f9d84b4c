using System.Globalization;
using Google.Protobuf;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// A model of the repository with its versions. Requests read <see cref="Served"/> at any time; everything else is for
/// one caller at a time, the repository.
/// </summary>
/// <param name="name">The model.</param>
/// <param name="versions">How many of the newest are served.</param>
/// <param name="load">Makes a version of the model ready to serve.</param>
/// <param name="logger">Hears what is served, and what is not and why.</param>
internal sealed class ModelEntry(
    string name, int versions, Func<string, VersionFolder, ModelVersion> load, ILogger logger)
{
    // No folder has it.
    private const string NoStamp = "";

    private readonly Dictionary<long, string> _seen = [];
    private readonly Dictionary<long, (string Stamp, string Reason)> _refused = [];
    private IReadOnlyList<VersionFolder> _folders = [];
    private string? _unreadable;
    private volatile IReadOnlyList<ModelVersion> _served = [];

    public string Name => name;

    /// <summary>What requests get, the newest first.</summary>
    public IReadOnlyList<ModelVersion> Served => _served;

    /// <summary>
    /// Whether somebody asked to unload it, so that it stays unloaded until somebody asks to load it.
    /// </summary>
    public bool IsUnloaded { get; private set; }

    /// <summary>Whether neither the repository nor a request knows of it any more.</summary>
    public bool IsGone => Served.Count == 0 && _folders.Count == 0 && _unreadable is null;

    /// <summary>
    /// Serves the newest versions of the folders that can be served. A version that cannot be is tried again when its
    /// files have changed; meanwhile, those that are served stay.
    /// </summary>
    /// <param name="folders">What lies in the repository, the newest first; null if the model's folder has
    /// gone.</param>
    /// <param name="waitForCopies">Whether a version has to look the same twice before it is loaded: it may be half
    /// copied.</param>
    public void Update(IReadOnlyList<VersionFolder>? folders, bool waitForCopies) => Follow(
        folders, folder => HasChanged(folder)
            && (!waitForCopies || _seen.GetValueOrDefault(folder.Version) == folder.Stamp));

    /// <summary>Leaves everything as it is, because the model's folder cannot be read.</summary>
    public void Keep(string reason)
    {
        if (_unreadable != reason)
        {
            logger.ModelUnreadable(Name, reason);
        }

        _unreadable = reason;
    }

    /// <summary>Loads what lies there now, whether it seems changed or not, and refused versions too.</summary>
    public void Load(IReadOnlyList<VersionFolder> folders)
    {
        IsUnloaded = false;
        _refused.Clear();
        Follow(folders, isDue: _ => true);
    }

    /// <summary>Serves nothing from now on; requests under way end undisturbed.</summary>
    public void Unload()
    {
        IsUnloaded = true;
        Serve([]);
    }

    /// <summary>
    /// The states of all versions, in Triton's words; the newest first. Of a model whose folder could never be read,
    /// one state without a version.
    /// </summary>
    public IReadOnlyList<VersionState> States()
    {
        var served = Served.ToDictionary(version => version.Number);
        if (_unreadable is not null && served.Count == 0 && _folders.Count == 0)
        {
            return [new VersionState(Name, "", IsReady: false, _unreadable)];
        }

        return [.. _folders.Select(folder => folder.Version).Union(served.Keys).OrderDescending().Select(State)];

        VersionState State(long version) => new(
            Name,
            version.ToString(CultureInfo.InvariantCulture),
            served.ContainsKey(version),
            _unreadable ?? (_refused.TryGetValue(version, out var refused) ? refused.Reason
                : served.ContainsKey(version) ? "" : "unloaded"));
    }

    private void Follow(IReadOnlyList<VersionFolder>? folders, Predicate<VersionFolder> isDue)
    {
        _unreadable = null;
        _folders = folders ?? [];
        foreach (var folder in _folders.Where(IsServedAgain))
        {
            _refused.Remove(folder.Version);
        }

        if (!IsUnloaded)
        {
            Serve(folders is null ? [] : Choose(folders, isDue));
        }

        _seen.Clear();
        foreach (var folder in _folders)
        {
            _seen[folder.Version] = folder.Stamp;
        }
    }

    private List<ModelVersion> Choose(IReadOnlyList<VersionFolder> folders, Predicate<VersionFolder> isDue)
    {
        var chosen = new List<ModelVersion>();
        foreach (var folder in folders)
        {
            var served = ServedOf(folder);
            if (isDue(folder))
            {
                served = TryLoad(folder) ?? served;
            }

            if (served is not null)
            {
                chosen.Add(served);
            }

            if (chosen.Count == versions)
            {
                break;
            }
        }

        // Whoever replaces a version, perhaps by one that cannot be used, keeps the old one, though its folder has
        // gone.
        return chosen.Count == 0 ? [.. Served] : chosen;
    }

    // Whoever put a bad file in a served one's place has put the good one back.
    private bool IsServedAgain(VersionFolder folder) => ServedOf(folder)?.Folder.Stamp == folder.Stamp
        && _refused.TryGetValue(folder.Version, out var refused) && refused.Stamp != folder.Stamp;

    private ModelVersion? ServedOf(VersionFolder folder) =>
        Served.FirstOrDefault(version => version.Number == folder.Version);

    private bool HasChanged(VersionFolder folder) => ServedOf(folder)?.Folder.Stamp != folder.Stamp
        && !(_refused.TryGetValue(folder.Version, out var refused) && refused.Stamp == folder.Stamp);

    private ModelVersion? TryLoad(VersionFolder folder)
    {
        try
        {
            var version = load(Name, folder);
            _refused.Remove(folder.Version);
            return version;
        }
        catch (Exception e)
        {
            // Whatever a damaged file does to a library below must not end the server, nor one that is too large for
            // the memory.
            Refuse(folder, e);
            return null;
        }
    }

    private void Refuse(VersionFolder folder, Exception error)
    {
        var reason = error is InvalidInputException
            ? error.Message
            : $"It failed with {error.GetType().Name}: {error.Message}";
        var before = _refused.GetValueOrDefault(folder.Version);
        _refused[folder.Version] = (MayPass(error.InnerException) ? NoStamp : folder.Stamp, reason);
        if (before.Reason != reason)
        {
            logger.VersionRefused(Name, folder.Version, reason);
        }
    }

    // Somebody who still writes may keep others from reading, and leaves no trace when that ends. Files that are
    // missing or damaged
    // change when they are mended.
    private static bool MayPass(Exception? error) => error is UnauthorizedAccessException
        or (IOException
            and not (FileNotFoundException or DirectoryNotFoundException or InvalidProtocolBufferException));

    private void Serve(List<ModelVersion> chosen)
    {
        var before = Served;
        _served = chosen;
        foreach (var version in chosen.Except(before))
        {
            logger.VersionServed(Name, version.Number);
        }

        foreach (var version in before.Except(chosen))
        {
            logger.VersionRetired(Name, version.Number);
            version.Retire();
        }
    }
}

/// <summary>A version in the repository's index.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">The number.</param>
/// <param name="IsReady">Whether requests get it.</param>
/// <param name="Reason">Why it is not served, or why its changed file is not; empty where there is nothing to
/// say.</param>
internal sealed record VersionState(string Name, string Version, bool IsReady, string Reason);
