using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A value of the graph that is being built: what stands for a tensor while a module is exported.</summary>
public sealed class OnnxValue
{
    internal OnnxValue(string name, ScalarType type, IReadOnlyList<Dimension>? shape) =>
        (Name, Type, KnownShape) = (name, type, shape);

    /// <summary>The name in the graph.</summary>
    public string Name { get; }

    /// <summary>The type of the elements.</summary>
    public ScalarType Type { get; }

    /// <summary>The dimensions: a size, a name, or unknown until the model runs.</summary>
    /// <exception cref="InvalidOperationException">Not even their number is known.</exception>
    public IReadOnlyList<Dimension> Shape => KnownShape
        ?? throw new InvalidOperationException(
            $"The number of dimensions of '{Name}' is not known before the model runs.");

    /// <summary>The number of dimensions.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public int Rank => Shape.Count;

    internal IReadOnlyList<Dimension>? KnownShape { get; }

    /// <summary>Type and dimensions, for instance <c>Float32 [batch, sequence, 8]</c>.</summary>
    public override string ToString() => $"{Type} [{(KnownShape is null ? "..." : string.Join(", ", KnownShape))}]";
}
