using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>A node that reads a value, and as which of its inputs.</summary>
internal sealed record ValueUse(GraphScope Scope, NodeProto Node, int Index);

/// <summary>A graph, or one inside a node, which sees the values of those around it.</summary>
internal sealed class GraphScope
{
    private readonly GraphScope? _parent;
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, ValueUse> _uses;
    private readonly List<GraphScope> _inner = [];

    internal GraphScope(GraphProto graph, GraphScope? parent = null)
    {
        (Graph, _parent) = (graph, parent);
        foreach (var tensor in graph.Initializer)
        {
            _initializers[tensor.Name] = tensor;
        }

        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output.Where(output => output.Length > 0))
            {
                _producers[output] = node;
            }

            _inner.AddRange(GraphsOf(node).Select(inner => new GraphScope(inner, this)));
        }

        _uses = (from node in graph.Node
                 from input in node.Input.Index()
                 select (input.Item, Use: new ValueUse(this, node, input.Index)))
            .ToLookup(entry => entry.Item, entry => entry.Use, StringComparer.Ordinal);
    }

    internal GraphProto Graph { get; }

    /// <summary>The graphs inside a node.</summary>
    internal static IEnumerable<GraphProto> GraphsOf(NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is { } graph ? [graph] : attribute.Graphs.AsEnumerable());

    /// <summary>The inputs that a caller has to give: those without a value in the file.</summary>
    internal static IEnumerable<ValueInfoProto> InputsOf(GraphProto graph)
    {
        var constants = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? ""))
            .ToHashSet(StringComparer.Ordinal);
        return graph.Input.Where(input => !constants.Contains(input.Name));
    }

    /// <summary>The graph inside a node, as this one's part.</summary>
    internal GraphScope ScopeOf(GraphProto inner) => _inner.Find(scope => ReferenceEquals(scope.Graph, inner))!;

    /// <summary>The node that computes a value here; null for inputs, constants and values of other graphs.</summary>
    internal NodeProto? ProducerOf(string value) => _producers.GetValueOrDefault(value);

    /// <summary>Where a value is read, in the graphs inside this one too.</summary>
    internal IEnumerable<ValueUse> UsesOf(string value) =>
        _uses[value].Concat(_inner.SelectMany(scope => scope.UsesOf(value)));

    /// <summary>A constant of the file, through nodes that keep its values; null for what is computed.</summary>
    internal TensorProto? ConstantOf(string value)
    {
        if (_initializers.TryGetValue(value, out var tensor))
        {
            return tensor;
        }

        return _producers.TryGetValue(value, out var node)
            ? node.OpType switch
            {
                "Constant" => ConstantOf(node),
                "Identity" or "Cast" or "DequantizeLinear" => ConstantOf(node.Input[0]),
                _ => null,
            }
            : _parent?.ConstantOf(value);
    }

    /// <summary>The values of a small constant as numbers; null for what is computed, large, or no number.</summary>
    internal double[]? NumbersOf(string value, int most = 64)
    {
        if (ConstantOf(value) is not { } tensor || tensor.Dims.Aggregate(1L, (a, b) => a * b) > most)
        {
            return null;
        }

        try
        {
            return NamedTensor.FromProto(tensor).ToDoubles();
        }
        catch (Exception e) when (e is InvalidInputException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TensorProto? ConstantOf(NodeProto node)
    {
        var attribute = node.Attribute.FirstOrDefault();
        return attribute?.Type switch
        {
            AttributeType.Tensor => attribute.T,
            AttributeType.Int => Tensors.Int64(node.Output[0], [], [attribute.I]),
            AttributeType.Float => Tensors.Float(node.Output[0], [], [attribute.F]),
            AttributeType.Ints => Tensors.Int64(node.Output[0], [attribute.Ints.Count], [.. attribute.Ints]),
            AttributeType.Floats => Tensors.Float(node.Output[0], [attribute.Floats.Count], [.. attribute.Floats]),
            _ => null,
        };
    }
}
