using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>A value that a graph computes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that computes it.</param>
/// <param name="Structure">The same number for values that the same operators compute from the same inputs.</param>
internal sealed record StructuredValue(string Name, NodeProto Node, int Structure);

/// <summary>
/// Names every value after the operators that lead to it from the inputs. Constants, attributes and nodes that only
/// change the precision do not count, so that files of other weights, opsets and precisions keep their values' names.
/// </summary>
internal sealed class GraphStructure
{
    private readonly GraphScope _scope;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int> _structures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    private GraphStructure(GraphScope scope, Dictionary<string, int> ids) => (_scope, _ids) = (scope, ids);

    /// <summary>The values in the order of the graph, without those that repeat another in another precision.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="inputs">Its inputs, in an order that both graphs share.</param>
    /// <param name="ids">The numbers given so far, which graphs to compare share.</param>
    internal static IReadOnlyList<StructuredValue> ValuesOf(
        GraphScope scope, IReadOnlyList<string> inputs, Dictionary<string, int> ids)
    {
        var structure = new GraphStructure(scope, ids);
        foreach (var (index, input) in inputs.Index())
        {
            structure._structures[input] = structure.IdOf($"input {index}");
        }

        return [.. scope.Graph.Node.SelectMany(structure.Add)];
    }

    private IEnumerable<StructuredValue> Add(NodeProto node)
    {
        var dynamic = node.Input.Where(input => input.Length > 0 && !IsConstant(input)).ToList();
        // A graph inside a node may read what the node itself does not.
        var isConstant = dynamic.Count == 0 && node.Input.Count > 0 && !GraphScope.GraphsOf(node).Any();
        if (isConstant || node.OpType == "Constant")
        {
            _constants.UnionWith(node.Output);
            yield break;
        }

        if (IsAlias(node) && _structures.TryGetValue(node.Input[0], out var same))
        {
            _structures[node.Output[0]] = same;
            yield break;
        }

        foreach (var (index, output) in node.Output.Index().Where(output => output.Item.Length > 0))
        {
            var key = Key(node, dynamic, index);
            _structures[output] = IdOf(key);
            yield return new(output, node, _structures[output]);
        }
    }

    // The standard's Gemm is what other exporters write as MatMul and Add.
    private string Key(NodeProto node, List<string> dynamic, int output)
    {
        if (node.OpType == "Add" && dynamic.Count == 1 && _scope.ProducerOf(dynamic[0]) is { OpType: "MatMul" } product
            && product.Input.Count(input => !IsConstant(input)) == 1)
        {
            var input = product.Input.First(input => !IsConstant(input));
            return $"Gemm:0({StructureOf(input)})";
        }

        return $"{node.OpType}:{output}({string.Join(',', dynamic.Select(StructureOf))})";
    }

    private bool IsConstant(string value) => _constants.Contains(value) || _scope.ConstantOf(value) is not null;

    private static bool IsAlias(NodeProto node) => node.OpType is "Identity" or "Dropout" or "QuantizeLinear"
        or "DequantizeLinear" || (node.OpType == "Cast" && node.Attribute.Any(
            attribute => attribute.Name == "to" && TensorValues.IsReal((TensorProto.Types.DataType)attribute.I)));

    private int StructureOf(string value) =>
        _structures.TryGetValue(value, out var structure) ? structure : IdOf($"value {value}");

    private int IdOf(string key)
    {
        if (!_ids.TryGetValue(key, out var id))
        {
            _ids[key] = id = _ids.Count;
        }

        return id;
    }
}
