using OnnxSentiment.Parity;

namespace OnnxSentiment.Server;

/// <summary>A version as it lies in the repository.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Stamp">Names, lengths and times of its files, or of those that they link to: whoever changes one
/// changes this.</param>
internal sealed record VersionFolder(long Version, string Path, string Stamp)
{
    /// <summary>The name of the file that makes a folder a version.</summary>
    public const string ModelFileName = "model.onnx";

    public string ModelFile => System.IO.Path.Combine(Path, ModelFileName);

    /// <summary>Whether a verification lies beside the model, which says whether the model is whole.</summary>
    public bool HasVerification => File.Exists(System.IO.Path.Combine(Path, Verification.FileName));

    /// <summary>The names of a repository's models.</summary>
    public static IReadOnlyList<string> Models(string root) =>
        [.. Directory.EnumerateDirectories(root)
            .Select(path => System.IO.Path.GetFileName(path)).Where(ModelNames.IsName)];

    /// <summary>The versions of one model, the newest first; perhaps none.</summary>
    public static IReadOnlyList<VersionFolder> Versions(string modelFolder)
    {
        var folders = new List<VersionFolder>();
        foreach (var path in Directory.EnumerateDirectories(modelFolder))
        {
            if (ModelNames.TryParseVersion(System.IO.Path.GetFileName(path), out var version)
                && File.Exists(System.IO.Path.Combine(path, ModelFileName)))
            {
                folders.Add(new VersionFolder(version, path, StampOf(path)));
            }
        }

        return [.. folders.OrderByDescending(folder => folder.Version)];
    }

    private static string StampOf(string folder) => string.Join('\n', new DirectoryInfo(folder)
        .EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(file => $"{System.IO.Path.GetRelativePath(folder, file.FullName)} {StampOf(Target(file))}")
        .Order(StringComparer.Ordinal));

    private static string StampOf(FileInfo file) => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}";

    // What is loaded is the end of a link; a link that leads nowhere is all that there is of itself.
    private static FileInfo Target(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target : file;
}
