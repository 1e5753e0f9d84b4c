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

    /// <summary>Throws when <see cref="Write"/> would: call it before work that takes hours.</summary>
    /// <exception cref="InvalidInputException">The file cannot be written there.</exception>
    public static void CheckWritable(string path)
    {
        var target = TargetOf(path);
        var folder = Path.GetDirectoryName(target)!;
        while (!Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        try
        {
            var probe = TemporaryName(Path.Combine(folder, Path.GetFileName(target)));
            new FileStream(
                probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose)
                .Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"'{path}' cannot be written, as '{folder}' is no folder to write to: " +
                "choose another path.", e);
        }
    }

    /// <summary>
    /// As <see cref="Write"/>, for writers that want a path: <paramref name="write"/> receives the temporary name, and
    /// the file is flushed and moved when it returns. A check that throws there keeps the file from appearing.
    /// </summary>
    /// <exception cref="InvalidInputException">There is a folder of this name.</exception>
    public static void WriteTo(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = TargetOf(path);
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

    private static string TargetOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        return Directory.Exists(target)
            ? throw new InvalidInputException($"'{path}' is a folder, but a file was expected: choose another name.")
            : target;
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
