using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// The types and shapes that a graph declares of its outputs. ONNX Runtime computes a graph that declares wrong ones
/// all
/// the same; whoever plans buffers by them fails.
/// </summary>
internal static class DeclaredOutputs
{
    /// <summary>How an output differs from what is declared of it; null where it does not.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="found">The output, under its name.</param>
    /// <param name="sizes">The sizes of the named dimensions of the inputs.</param>
    internal static string? Difference(GraphProto graph, NamedTensor found, IReadOnlyDictionary<string, long> sizes)
    {
        var type = graph.Output.FirstOrDefault(output => output.Name == found.Name)?.Type?.TensorType;
        if (type is null)
        {
            return null;
        }

        var (name, shape) = (((DataType)type.ElemType).ToString().ToLowerInvariant(), ValueInfos.ShapeOf(type));
        return name == found.TypeName && (shape is null || Allows(shape, found.Shape, sizes))
            ? null
            : $"declared as {name} [{string.Join(", ", shape ?? [])}], " +
                $"but ONNX Runtime returns {found.TypeName} [{string.Join(", ", found.Shape)}]";
    }

    private static bool Allows(
        Dimension[] declared, IReadOnlyList<long> found, IReadOnlyDictionary<string, long> sizes) =>
        declared.Length == found.Count
        && declared.Zip(found).All(pair => Expected(pair.First, sizes) is not { } size || size == pair.Second);

    private static long? Expected(Dimension dimension, IReadOnlyDictionary<string, long> sizes) =>
        dimension.Symbol is { } symbol && sizes.TryGetValue(symbol, out var size) ? size : dimension.Size;
}
