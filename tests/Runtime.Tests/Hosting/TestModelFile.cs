namespace OnnxSentiment.Runtime.Tests;

/// <summary>The test model as a file, deleted with this.</summary>
internal sealed class TestModelFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runtime-tests-");

    public TestModelFile() => File.WriteAllBytes(Path, TestModel.Bytes());

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);
}
