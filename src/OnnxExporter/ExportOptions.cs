using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter.Validation;

namespace OnnxSentiment.OnnxExporter;

/// <summary>How to write a model. Immutable.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// The version of ONNX's operator set, from <see cref="Graph.Opset.Minimum"/> to <see cref="Graph.Opset.Maximum"/>. The version of
    /// the file format follows from it.
    /// </summary>
    public int Opset { get; init; } = Graph.Opset.Default;

    /// <summary>How weights are stored and recurrent layers computed.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Returns the options, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public ExportOptions Validated()
    {
        Graph.Opset.Validated(Opset);
        return this;
    }
}
