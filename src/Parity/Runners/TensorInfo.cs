using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>What a tensor is, without its values.</summary>
/// <param name="Name">The name of the value in its graph.</param>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Shape">The sizes, the slowest dimension first.</param>
public sealed record TensorInfo(string Name, DataType ElementType, IReadOnlyList<long> Shape)
{
    /// <summary>The type as graphs are described: <c>float [2, 3]</c>.</summary>
    public override string ToString() => $"{NameOf(ElementType)} [{string.Join(", ", Shape)}]";

    /// <summary>What a tensor with values is.</summary>
    public static TensorInfo Of(NamedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(tensor.Name, Enum.Parse<DataType>(tensor.TypeName, ignoreCase: true), tensor.Shape);
    }

    internal static string NameOf(DataType type) => type.ToString().ToLowerInvariant();
}
