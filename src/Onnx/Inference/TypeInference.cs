using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Follows types and shapes from the inputs to the outputs and compares them with those that are declared.</summary>
internal static class TypeInference
{
    /// <summary>Checks a graph whose names and signatures are sound.</summary>
    internal static void Run(GraphProto graph, int opset, ProblemList problems)
    {
        var types = Infer(graph, opset, problems);
        CompareDeclared(graph.ValueInfo, "value", types, problems);
        CompareDeclared(graph.Output, "output", types, problems);
    }

    /// <summary>The types of all values of such a graph.</summary>
    internal static IReadOnlyDictionary<string, TensorType> Infer(GraphProto graph, int opset, ProblemList problems)
    {
        var types = new Dictionary<string, TensorType>(StringComparer.Ordinal);
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
        {
            types[tensor.Name] = new TensorType((DataType)tensor.DataType, [.. tensor.Dims.Select(size => (Dimension)size)]);
        }

        ReadInputs(graph, types, problems);
        for (var index = 0; index < graph.Node.Count; index++)
        {
            var node = graph.Node[index];
            var context = new NodeContext(node, NameCheck.Describe(graph, index), types, constants, problems);
            OperatorSchemas.Find(node.OpType, opset)!.Infer(context);
        }

        return types;
    }

    private static void ReadInputs(GraphProto graph, Dictionary<string, TensorType> types, ProblemList problems)
    {
        foreach (var input in graph.Input)
        {
            if (Declared(input) is { } declared)
            {
                types[input.Name] = declared;
                if (HasNegativeSize(declared))
                {
                    problems.Shape($"input '{input.Name}' is declared as {declared}, but sizes from 0 were expected.");
                }
            }
            else
            {
                problems.Type($"input '{input.Name}' is no tensor with an element type, but one was expected.");
            }
        }
    }

    private static TensorType? Declared(ValueInfoProto info) =>
        info.Type?.TensorType is { } tensor && ElementTypes.IsElement(tensor.ElemType)
            ? new TensorType((DataType)tensor.ElemType, ValueInfos.ShapeOf(tensor))
            : null;

    private static bool HasNegativeSize(TensorType type) => type.Shape?.Any(dimension => dimension.Size < 0) == true;

    private static void CompareDeclared(
        IEnumerable<ValueInfoProto> infos, string kind, IReadOnlyDictionary<string, TensorType> types, ProblemList problems)
    {
        foreach (var info in infos)
        {
            var place = $"{kind} '{info.Name}'";
            if (Declared(info) is not { } declared)
            {
                problems.Type($"{place} is declared as no tensor with an element type, but one was expected.");
            }
            else if (!types.TryGetValue(info.Name, out var computed))
            {
                problems.Shape($"{place} is declared as {declared}, but what the graph computes there could not be found out.");
            }
            else if (declared.Element != computed.Element)
            {
                problems.Type($"{place} is declared as {declared}, but the graph computes {computed}.");
            }
            else if (HasNegativeSize(declared) || declared.Shape is null || computed.Shape is null || !Dimensions.Agree(declared.Shape, computed.Shape))
            {
                problems.Shape($"{place} is declared as {declared}, but the graph computes {computed}.");
            }
        }
    }
}
