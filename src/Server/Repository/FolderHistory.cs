namespace OnnxSentiment.Server;

/// <summary>
/// Since when the folders of a model's versions have looked as they do, by the server's clock: the times of copied
/// files may be old. Not thread-safe.
/// </summary>
internal sealed class FolderHistory(TimeProvider clock)
{
    private Dictionary<long, (string Stamp, long Since, bool IsTwice)> _seen = [];

    /// <summary>Takes a look; what is not there any more is forgotten.</summary>
    public void Look(IReadOnlyList<VersionFolder> folders) => _seen = folders.ToDictionary(
        folder => folder.Version,
        folder => _seen.TryGetValue(folder.Version, out var before) && before.Stamp == folder.Stamp
            ? (folder.Stamp, before.Since, true)
            : (folder.Stamp, clock.GetTimestamp(), false));

    /// <summary>Whether the folder looked the same in the look before the last one.</summary>
    public bool IsSeenTwice(VersionFolder folder) => _seen[folder.Version].IsTwice;

    /// <summary>Whether the folder has not changed for some time.</summary>
    public bool IsSettled(VersionFolder folder, TimeSpan time) =>
        clock.GetElapsedTime(_seen[folder.Version].Since) >= time;
}
