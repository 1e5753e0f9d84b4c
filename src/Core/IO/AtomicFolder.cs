namespace OnnxSentiment.Core;

/// <summary>Writes folders so that a reader, or a crash, never meets half of one.</summary>
public static class AtomicFolder
{
    /// <summary>
    /// Fills a temporary folder beside <paramref name="folder"/> and then moves it into place. An older folder is moved
    /// aside first and deleted last, so that at every moment one of both is whole on the disk.
    /// </summary>
    /// <param name="folder">Where to; missing parents are made.</param>
    /// <param name="mayReplace">Whether the folder that exists is one of ours; an empty one always is.</param>
    /// <param name="fill">Writes the files into the temporary folder that it is given.</param>
    /// <exception cref="InvalidInputException">The folder exists and may not be replaced.</exception>
    public static void Write(string folder, Func<string, bool> mayReplace, Action<string> fill)
    {
        ArgumentNullException.ThrowIfNull(mayReplace);
        ArgumentNullException.ThrowIfNull(fill);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        CheckReplaceable(target, mayReplace);
        var temporary = AtomicFile.TemporaryName(target);

        // These names repeat, in containers always: what a killed process left under this name is not ours to build on.
        DeleteIfExists(temporary);
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            Replace(target, temporary);
        }
        finally
        {
            DeleteIfExists(temporary);
        }
    }

    /// <summary>Throws when <see cref="Write"/> would: call it before work that takes hours.</summary>
    /// <exception cref="InvalidInputException">The folder exists and may not be replaced.</exception>
    public static void CheckReplaceable(string folder, Func<string, bool> mayReplace)
    {
        ArgumentNullException.ThrowIfNull(mayReplace);
        if (File.Exists(folder))
        {
            throw new InvalidInputException($"'{folder}' is a file, but a folder was expected: choose another name.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !mayReplace(folder))
        {
            throw new InvalidInputException(
                $"The folder '{folder}' holds other files, which would be lost: choose a new or empty folder.");
        }
    }

    private static void DeleteIfExists(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Replace(string target, string temporary)
    {
        var aside = temporary + ".old";
        var replaces = Directory.Exists(target);
        if (replaces)
        {
            DeleteIfExists(aside);
            Directory.Move(target, aside);
        }

        try
        {
            Directory.Move(temporary, target);
        }
        catch when (replaces)
        {
            Directory.Move(aside, target);
            throw;
        }

        if (replaces)
        {
            Directory.Delete(aside, recursive: true);
        }
    }
}
