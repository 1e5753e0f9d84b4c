namespace OnnxSentiment.Runtime.Tests.Hosting;

/// <summary>The test model as a file, deleted with this.</summary>
internal sealed class ModelFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runtime-tests-");

    public ModelFile() => File.WriteAllBytes(Path, TestModel.Bytes());

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);
}
