using OnnxSentiment.Core;

namespace OnnxSentiment.OnnxExporter;

/// <summary>How to write a model. Immutable.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// The version of ONNX's operator set, from <see cref="Onnx.Opset.Minimum"/> to <see cref="Onnx.Opset.Maximum"/>.
    /// The version of the file format follows from it.
    /// </summary>
    public int Opset { get; init; } = Onnx.Opset.Default;

    /// <summary>What the graph reads: token ids, by default, or texts.</summary>
    public InputKind Input { get; init; } = InputKind.Ids;

    /// <summary>How weights are stored and recurrent layers computed.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Returns the options, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public ExportOptions Validated()
    {
        Onnx.Opset.Validated(Opset);
        if (Input == InputKind.Text && Precision != Precision.Float32)
        {
            throw new InvalidInputException(
                $"A graph that reads texts is written in float32, but {Precisions.NameOf(Precision)} was asked for: " +
                "export one that reads ids, or leave the precision out.");
        }

        return this;
    }
}
