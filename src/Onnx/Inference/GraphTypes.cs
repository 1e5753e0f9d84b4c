using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Types and shapes of a graph's values, followed from node to node: while a builder adds them, or once over a finished
/// graph. What a rule cannot know stays unknown. Not thread-safe.
/// </summary>
internal sealed class GraphTypes(OperatorSet operators)
{
    private readonly Dictionary<string, TensorType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);

    internal OperatorSet Operators => operators;

    /// <summary>The types of a graph whose names and signatures are sound.</summary>
    internal static GraphTypes Infer(GraphProto graph, OperatorSet operators, ProblemList problems)
    {
        var types = new GraphTypes(operators);
        foreach (var tensor in graph.Initializer)
        {
            types.Declare(tensor);
        }

        foreach (var input in graph.Input)
        {
            types.Declare(input, problems);
        }

        for (var index = 0; index < graph.Node.Count; index++)
        {
            types.Follow(graph.Node[index], NodeContext.PlaceOf(graph.Node[index], index), problems);
        }

        return types;
    }

    /// <summary>What is known of a value, or null.</summary>
    internal TensorType? Of(string value) => _types.GetValueOrDefault(value);

    internal void Declare(string input, TensorType type) => _types[input] = type;

    internal void Declare(TensorProto constant)
    {
        _constants[constant.Name] = constant;
        _types[constant.Name] = new((DataType)constant.DataType, [.. constant.Dims.Select(size => (Dimension)size)]);
    }

    /// <summary>Takes a node in and reports what of its inputs does not suit its operator.</summary>
    /// <exception cref="ArgumentException">The opset does not have the operator.</exception>
    internal void Follow(NodeProto node, string place, ProblemList problems) =>
        operators.Get(node.OpType).Infer(new NodeContext(node, place, _types, _constants, problems));

    internal void Rename(string value, string name)
    {
        if (_types.Remove(value, out var type))
        {
            _types[name] = type;
        }
    }

    /// <summary>
    /// Declares the types of intermediate values in the graph, so that viewers show shapes without computing them.
    /// </summary>
    internal void WriteTo(GraphProto graph)
    {
        var outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var value in graph.Node.SelectMany(node => node.Output).Where(value => !outputs.Contains(value)))
        {
            if (Of(value) is { Shape: { } shape } type)
            {
                graph.ValueInfo.Add(ValueInfos.Create(value, type.Element, [.. shape]));
            }
        }
    }

    private void Declare(ValueInfoProto input, ProblemList problems)
    {
        if (TensorType.Of(input) is not { } declared)
        {
            problems.Type($"input '{input.Name}' is no tensor with an element type, but one was expected.");
            return;
        }

        Declare(input.Name, declared);
        if (declared.HasNegativeSize)
        {
            problems.Shape($"input '{input.Name}' is declared as {declared}, but sizes from 0 were expected.");
        }
    }
}
