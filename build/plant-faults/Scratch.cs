namespace OnnxSentiment.PlantFaults;

/// <summary>The copy of the sources in which faults are planted.</summary>
/// <param name="Root">The root of the repository, which is only read.</param>
internal sealed record Scratch(string Root)
{
    /// <summary>Where the copy lies.</summary>
    public string Folder { get; } = Path.Combine(Root, "artifacts", "plant-faults");

    /// <summary>Makes it the same as the working tree, and leaves alone what is, so that little is built anew.</summary>
    public void Refresh()
    {
        var files = Command.Run(Root, ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]).Output
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Root, file)))
            .ToHashSet();
        foreach (var file in files)
        {
            var (from, to) = (Path.Combine(Root, file), Path.Combine(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (!File.Exists(to) || !File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to)))
            {
                File.WriteAllBytes(to, File.ReadAllBytes(from)); // with the time of now, which a build looks at
            }
        }

        foreach (var file in Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Folder, file);
            if (!files.Contains(path) && !path.Split('/').Intersect(["bin", "obj", "artifacts"]).Any())
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>A file of that path, or files of that name where it is no longer there.</summary>
    public IEnumerable<string> Sources(string file)
    {
        var path = Path.Combine(Folder, file);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(Path.Combine(Folder, "src"), Path.GetFileName(file), SearchOption.AllDirectories);
    }

    /// <summary>The project, a folder of src/, in which a source lies.</summary>
    public string ProjectOf(string path) => Path.GetRelativePath(Path.Combine(Folder, "src"), path).Split('/')[0];
}
