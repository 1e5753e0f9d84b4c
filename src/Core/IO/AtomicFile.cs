namespace OnnxSentiment.Core;

/// <summary>Writes files so that a reader, or a crash, never meets half of one.</summary>
public static class AtomicFile
{
    /// <summary>The ending of the temporary name, which lies in the target's own folder.</summary>
    public const string TemporarySuffix = ".partial";

    /// <summary>
    /// Writes to a temporary name beside <paramref name="path"/>, flushes it to the disk, and only then moves it into
    /// place, replacing what was there. When <paramref name="write"/> throws, the old file stays as it was.
    /// </summary>
    /// <exception cref="InvalidInputException">There is a folder of this name.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteTo(path, temporary =>
        {
            using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            write(stream);
        });
    }

    /// <summary>
    /// As <see cref="Write"/>, for writers that want a path: <paramref name="write"/> receives the temporary name, and
    /// the file is flushed and moved when it returns. A check that throws there keeps the file from appearing.
    /// </summary>
    /// <exception cref="InvalidInputException">There is a folder of this name.</exception>
    public static void WriteTo(string path, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new InvalidInputException($"'{path}' is a folder, but a file was expected: choose another name.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = TemporaryName(target);

        // These names repeat, in containers always: what a killed process left under this name is not ours to build on.
        File.Delete(temporary);
        try
        {
            write(temporary);
            FlushToDisk(temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Else a power failure could leave the new name without the new contents.
    private static void FlushToDisk(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>A name that no other writer has at this time, neither another process nor another thread.</summary>
    internal static string TemporaryName(string target) =>
        $"{target}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{TemporarySuffix}";
}
