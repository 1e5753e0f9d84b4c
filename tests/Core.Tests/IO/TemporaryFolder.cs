namespace OnnxSentiment.Core.Tests;

/// <summary>A new folder for one test, deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("onnx-sentiment-").FullName;

    /// <summary>The names of all files and folders directly inside, sorted.</summary>
    public string[] Entries => EntriesOf(Path);

    public static string[] EntriesOf(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder)
            .Select(entry => System.IO.Path.GetFileName(entry))
            .Order(StringComparer.Ordinal)];

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
