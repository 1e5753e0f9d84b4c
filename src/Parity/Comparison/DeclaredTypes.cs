using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// The types and shapes that a graph declares of its outputs and of values inside it. ONNX Runtime computes a graph
/// that declares wrong ones all the same; a tool that plans buffers by them fails. Thread-safe.
/// </summary>
public sealed class DeclaredTypes
{
    private readonly GraphProto _graph;
    private readonly Dictionary<string, TypeProto> _types = new(StringComparer.Ordinal);

    /// <summary>Reads what a graph declares.</summary>
    public DeclaredTypes(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _graph = graph;
        foreach (var info in graph.ValueInfo.Concat(graph.Output))
        {
            _types[info.Name] = info.Type;
        }
    }

    /// <summary>
    /// The sizes that the names of dimensions stand for in a run, as the inputs of that run show them.
    /// </summary>
    /// <param name="inputs">What the graph is given, by the names of its inputs.</param>
    public IReadOnlyDictionary<string, long> SizesOf(IReadOnlyList<NamedTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var shapes = _graph.Input.Where(info => info.Type?.TensorType is not null)
            .ToDictionary(info => info.Name, info => ValueInfos.ShapeOf(info.Type.TensorType), StringComparer.Ordinal);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            foreach (var (dimension, size) in (shapes.GetValueOrDefault(input.Name) ?? []).Zip(input.Shape))
            {
                if (dimension.Symbol is { } symbol)
                {
                    sizes.TryAdd(symbol, size);
                }
            }
        }

        return sizes;
    }

    /// <summary>
    /// The first value that is not what is declared of it, as a sentence without its period, or null where none is.
    /// A name that no input has stands for any size, but for the same one wherever it appears.
    /// </summary>
    /// <param name="found">What ONNX Runtime returned, under the names of the graph.</param>
    /// <param name="sizes">The sizes of the named dimensions; see <see cref="SizesOf"/>.</param>
    public DeclaredDifference? FirstDifference(
        IEnumerable<TensorInfo> found, IReadOnlyDictionary<string, long> sizes)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(sizes);
        var known = new Dictionary<string, long>(sizes, StringComparer.Ordinal);
        foreach (var value in found)
        {
            if (_types.TryGetValue(value.Name, out var type) && !IsAsDeclared(type, value, known))
            {
                return new(value.Name, $"declared as {Describe(type, sizes)}, but ONNX Runtime returns {value}");
            }
        }

        return null;
    }

    private static bool IsAsDeclared(TypeProto type, TensorInfo found, Dictionary<string, long> sizes)
    {
        // A type without elements declares nothing, as a sequence or an optional value does not speak of tensors.
        if (type?.TensorType is not { ElemType: > 0 } tensor)
        {
            return true;
        }

        return tensor.ElemType == (int)found.ElementType
            && (ValueInfos.ShapeOf(tensor) is not { } shape
                || (shape.Length == found.Shape.Count
                    && shape.Zip(found.Shape).All(pair => Allows(pair.First, pair.Second, sizes))));
    }

    private static bool Allows(Dimension declared, long found, Dictionary<string, long> sizes)
    {
        if (declared.Symbol is not { } symbol)
        {
            return declared.Size is not { } size || size == found;
        }

        return sizes.TryAdd(symbol, found) || sizes[symbol] == found;
    }

    private static string Describe(TypeProto type, IReadOnlyDictionary<string, long> sizes)
    {
        var shape = ValueInfos.ShapeOf(type.TensorType);
        var named = (shape ?? []).Select(dimension => dimension.Symbol).OfType<string>().Distinct()
            .Where(sizes.ContainsKey).Select(symbol => $"{symbol}={sizes[symbol]}").ToList();
        var text = TensorInfo.NameOf((DataType)type.TensorType.ElemType)
            + (shape is null ? "" : $" [{string.Join(", ", shape)}]");
        return named.Count == 0 ? text : $"{text} with {string.Join(", ", named)}";
    }
}

/// <summary>A value that is not what its graph declares.</summary>
/// <param name="Value">Its name in the graph.</param>
/// <param name="Description">Both types, in words that follow <c>it is</c>.</param>
public sealed record DeclaredDifference(string Value, string Description);
