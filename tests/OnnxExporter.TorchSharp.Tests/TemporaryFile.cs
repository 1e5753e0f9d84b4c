namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A name for a file of a test's own, which is deleted with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");

    public void Dispose() => File.Delete(Path);
}
