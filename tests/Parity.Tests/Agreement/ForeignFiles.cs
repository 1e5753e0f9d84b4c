using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Files of other tools: those that <c>build/outside/export_foreign.py</c> wrote, and some that are made here.
/// </summary>
internal static class ForeignFiles
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "Parity.Tests", "Foreign");

    /// <summary>A file of the checkout, for instance <c>mlp.torch13</c>.</summary>
    internal static string Of(string name) => Path.Combine(Folder, $"{name}.onnx");

    /// <summary>The file as ONNX Runtime rewrites it at a level of optimization.</summary>
    internal static string Optimized(string name, GraphOptimizationLevel level, TemporaryFolder folder)
    {
        Assert.That(TensorRunner.IsAvailable(out var problem), problem);
        var path = folder.In($"{name}.{level}.onnx");
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = level,
            OptimizedModelFilePath = path,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        using var session = new InferenceSession(Of(name), options);
        return path;
    }

    /// <summary>A classifier with random weights, as this project exports it.</summary>
    internal static string Classifier(
        TemporaryFolder folder, int opset = Opset.Default, Precision precision = Precision.Float32, int seed = 31)
    {
        var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed);
        var path = folder.In($"classifier.{opset}.{precision}.{seed}.onnx");
        ModelFile.Write(
            ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset, Precision = precision }), path);
        return path;
    }
}

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("agreement-tests-").FullName;

    internal string In(string name) => System.IO.Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

/// <summary>Reports in one line, for tests of their words.</summary>
internal static class ReportText
{
    internal static string Flat(this AgreementReport report) =>
        string.Join(' ', report.ToText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
