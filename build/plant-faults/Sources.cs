namespace OnnxSentiment.PlantFaults;

/// <summary>A tree of sources.</summary>
/// <param name="Root">Its root.</param>
internal sealed record Sources(string Root)
{
    /// <summary>Copies them, and leaves alone what is the same already, so that little is built anew.</summary>
    /// <returns>The copy.</returns>
    public Sources CopyTo(string folder)
    {
        var files = Command.Run(Root, ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]).Output
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Root, file)))
            .ToHashSet();
        foreach (var file in files)
        {
            var (from, to) = (Path.Combine(Root, file), Path.Combine(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (!File.Exists(to) || !File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to)))
            {
                File.WriteAllBytes(to, File.ReadAllBytes(from)); // with the time of now, which a build looks at
            }
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file);
            if (!files.Contains(path) && !path.Split('/').Intersect(["bin", "obj", "artifacts"]).Any())
            {
                File.Delete(file);
            }
        }

        return new Sources(folder);
    }

    /// <summary>The file of that path, or those of its name where it is no longer there.</summary>
    public IEnumerable<string> Find(string file)
    {
        var path = Path.Combine(Root, file);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(Path.Combine(Root, "src"), Path.GetFileName(file), SearchOption.AllDirectories);
    }

    /// <summary>The project, a folder of src/, in which a source lies.</summary>
    public string ProjectOf(string path) => Path.GetRelativePath(Path.Combine(Root, "src"), path).Split('/')[0];
}
