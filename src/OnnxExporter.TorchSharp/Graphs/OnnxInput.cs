using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// One input of an exported graph. A dimension is a size, or a name for one that may be another in each run:
/// <c>new OnnxInput("input_ids", ScalarType.Int64, ["batch", "sequence"])</c>. Immutable.
/// </summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The dimensions. The same name in several inputs means the same size.</param>
public sealed record OnnxInput(string Name, ScalarType Type, params IReadOnlyList<Dimension> Shape)
{
    /// <summary>
    /// The smallest and the largest value of whole numbers, both included, for the random inputs of the verification.
    /// Where they are ids of an embedding, its size says so, and null is enough.
    /// </summary>
    public (long Minimum, long Maximum)? Range { get; init; }

    /// <summary>
    /// A dimension whose size is the largest value, for the same purpose: lengths of sequences are <c>UpTo =
    /// "sequence"</c>, from 1 on.
    /// </summary>
    public string? UpTo { get; init; }
}
