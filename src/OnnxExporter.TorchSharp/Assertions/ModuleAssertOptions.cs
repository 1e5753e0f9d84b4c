using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>How to compare a module with an ONNX file. Immutable.</summary>
public sealed record ModuleAssertOptions
{
    /// <summary>How far file and module may differ; the default is that of the export.</summary>
    public Tolerance Tolerance { get; init; } = new OnnxExportOptions().Tolerance;

    /// <summary>Starts the random inputs.</summary>
    public int Seed { get; init; } = new OnnxExportOptions().Seed;
}
