using System.Globalization;
using Google.Protobuf;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// A model of the repository with its versions. Requests read <see cref="Served"/> at any time; everything else is for
/// one caller at a time, the repository.
/// </summary>
/// <param name="name">The model.</param>
/// <param name="options">How many of the newest are served, and what becomes of those that are not verified.</param>
/// <param name="load">Makes a version of the model ready to serve.</param>
/// <param name="clock">Tells how long files have not changed.</param>
/// <param name="logger">Receives what is served, and what is not and why.</param>
internal sealed class ModelEntry(
    string name, ModelsOptions options, Func<string, VersionFolder, ModelVersion> load, TimeProvider clock,
    ILogger logger)
{
    // No folder has it.
    private const string NoStamp = "";

    private readonly FolderHistory _history = new(clock);
    private readonly Dictionary<long, (string Stamp, string Reason)> _refused = [];
    private readonly Dictionary<long, (string Stamp, string Reason)> _waiting = [];
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

    /// <summary>Whether a version waits until its files have settled.</summary>
    public bool HasWaiting => !IsUnloaded && _waiting.Count > 0;

    /// <summary>Whether neither the repository nor a request knows of it any more.</summary>
    public bool IsGone => Served.Count == 0 && _folders.Count == 0 && _unreadable is null;

    /// <summary>
    /// Serves the newest versions of the folders that can be served. A version that cannot be is tried again when its
    /// files have changed; meanwhile, those that are served stay.
    /// </summary>
    /// <param name="folders">What lies in the repository, the newest first; null if the model's folder has
    /// gone.</param>
    /// <param name="waitForCopies">Whether a version has to look the same twice before it is loaded: it may be half
    /// copied. One with a verification is tried at once, as that tells whether the model is whole.</param>
    public void Update(IReadOnlyList<VersionFolder>? folders, bool waitForCopies) => Follow(
        folders, folder => HasChanged(folder)
            && (!waitForCopies || _history.IsSeenTwice(folder) || folder.HasVerification),
        isEarly: folder => waitForCopies && !_history.IsSeenTwice(folder));

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
        Follow(folders, isDue: _ => true, isEarly: _ => false);
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
            return [new VersionState(Name, "", IsReady: false, _unreadable, IsVerified: null)];
        }

        return [.. _folders.Select(folder => folder.Version).Union(served.Keys).OrderDescending().Select(State)];

        VersionState State(long version) => new(
            Name,
            version.ToString(CultureInfo.InvariantCulture),
            served.ContainsKey(version),
            _unreadable ?? (_refused.TryGetValue(version, out var refused) ? refused.Reason
                : _waiting.TryGetValue(version, out var waiting) ? waiting.Reason
                : served.ContainsKey(version) ? "" : "unloaded"),
            served.GetValueOrDefault(version)?.Proof.IsVerified);
    }

    private void Follow(
        IReadOnlyList<VersionFolder>? folders, Predicate<VersionFolder> isDue, Predicate<VersionFolder> isEarly)
    {
        _unreadable = null;
        _folders = folders ?? [];
        _history.Look(_folders);
        foreach (var version in _waiting.Keys.ToList())
        {
            // Gone, or changed again: whether it is to wait will be seen when it is loaded.
            if (!_folders.Any(folder => folder.Version == version && folder.Stamp == _waiting[version].Stamp))
            {
                _waiting.Remove(version);
            }
        }

        foreach (var folder in _folders.Where(IsServedAgain))
        {
            _refused.Remove(folder.Version);
        }

        if (!IsUnloaded)
        {
            Serve(folders is null ? [] : Choose(folders, isDue, isEarly));
        }
    }

    private List<ModelVersion> Choose(
        IReadOnlyList<VersionFolder> folders, Predicate<VersionFolder> isDue, Predicate<VersionFolder> isEarly)
    {
        var chosen = new List<ModelVersion>();
        foreach (var folder in folders)
        {
            var served = ServedOf(folder);
            if (isDue(folder))
            {
                served = TryLoad(folder, isEarly(folder)) ?? served;
            }

            if (served is not null)
            {
                chosen.Add(served);
            }

            if (chosen.Count == options.Versions)
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
        && !(_refused.TryGetValue(folder.Version, out var refused) && refused.Stamp == folder.Stamp)
        && !(_waiting.TryGetValue(folder.Version, out var waiting) && waiting.Stamp == folder.Stamp
            && !IsSettled(folder));

    private bool IsSettled(VersionFolder folder) => _history.IsSettled(folder, options.SettleTime);

    private ModelVersion? TryLoad(VersionFolder folder, bool isEarly)
    {
        try
        {
            return Admit(load(Name, folder), folder);
        }
        catch (Exception) when (isEarly)
        {
            // Half copied, as it seems: the next look tells.
            return null;
        }
        catch (Exception e)
        {
            _waiting.Remove(folder.Version);

            // Whatever a damaged file does to a library below must not end the server, nor one that is too large for
            // the memory.
            Refuse(folder, e);
            return null;
        }
    }

    // What is not verified may lack files that are still being copied, among them those that would refuse it.
    private ModelVersion? Admit(ModelVersion version, VersionFolder folder)
    {
        var proof = version.Proof;
        if (!proof.IsVerified && !IsSettled(folder))
        {
            version.Retire();
            Wait(folder, proof.Reason);
            return null;
        }

        if (!proof.IsVerified && options.RequireVerification)
        {
            version.Retire();
            throw new InvalidInputException(
                $"The version is not verified: {proof.Reason}, and Models:RequireVerification wants both. Export the " +
                "model again, and copy the whole folder.");
        }

        _refused.Remove(folder.Version);
        _waiting.Remove(folder.Version);
        return version;
    }

    private void Wait(VersionFolder folder, string missing)
    {
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"The version is not verified: {missing}. It is served when its files have not changed for " +
            $"{options.SettleTime.TotalSeconds} s (Models:SettleTime), as they may be half copied.");
        if (_waiting.GetValueOrDefault(folder.Version).Stamp != folder.Stamp)
        {
            logger.VersionWaits(Name, folder.Version, reason);
        }

        _refused.Remove(folder.Version);
        _waiting[folder.Version] = (folder.Stamp, reason);
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

    private void LogServed(ModelVersion version)
    {
        if (version.Proof.IsVerified)
        {
            logger.VersionServed(Name, version.Number);
        }
        else
        {
            logger.VersionServedUnverified(Name, version.Number, version.Proof.Reason);
        }
    }

    private void Serve(List<ModelVersion> chosen)
    {
        var before = Served;
        _served = chosen;
        foreach (var version in chosen.Except(before))
        {
            LogServed(version);
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
/// <param name="IsVerified">Whether what requests get is verified; null where they get nothing.</param>
internal sealed record VersionState(string Name, string Version, bool IsReady, string Reason, bool? IsVerified);
