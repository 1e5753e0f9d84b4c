using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Whether an export runs the module and the file and compares them.</summary>
public enum Verification
{
    /// <summary>Where the app has ONNX Runtime; the report says whether it had.</summary>
    WherePossible,

    /// <summary>Always; an app without ONNX Runtime cannot export.</summary>
    Required,

    /// <summary>Never.</summary>
    Off,
}

/// <summary>How to export a module. Immutable.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// The version of ONNX's operator set, from <see cref="Onnx.Opset.Minimum"/> to <see cref="Onnx.Opset.Maximum"/>.
    /// </summary>
    public int Opset { get; init; } = Onnx.Opset.Default;

    /// <summary>
    /// The names of the outputs in order; null for <c>output</c>, or the names that a recurrent module's have.
    /// </summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Whether to compare the file with the module.</summary>
    public Verification Verification { get; init; } = Verification.WherePossible;

    /// <summary>
    /// How far file and module may differ, and two runs of either: <c>absolute · scale + relative · |value|</c>, where
    /// the scale is the magnitude of the numbers around the value. The default, <see cref="Tolerances.Float32Tensor"/>,
    /// leaves room for another order of summation on another CPU, and is far below what a wrong weight or a missing
    /// operation causes.
    /// </summary>
    public Tolerance Tolerance { get; init; } = Tolerances.Float32Tensor;

    /// <summary>Starts the random numbers of the verification.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ways to export modules that the table of modules does not have.</summary>
    public IReadOnlyList<OnnxConverter> Converters { get; init; } = [];

    /// <summary>What the model does, for people; stands in the file.</summary>
    public string Description { get; init; } = "";
}
