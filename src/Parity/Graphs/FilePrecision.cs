using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>Finds the coarsest numbers that a model computes with.</summary>
internal static class FilePrecision
{
    // Parts of the names of operators that compute with integers of 8 bits and fewer, ONNX' and ONNX Runtime's.
    private static readonly string[] Quantized =
        ["Quantize", "QLinear", "MatMulInteger", "ConvInteger", "QAttention", "QGemm", "NBits", "QMoE"];

    internal static TensorPrecision Of(ModelProto model)
    {
        var (nodes, types) = (new List<NodeProto>(), new HashSet<int>());
        Collect(model.Graph, nodes, types);
        foreach (var function in model.Functions)
        {
            Collect(function.Node, nodes, types);
        }

        return nodes.Exists(node => Array.Exists(Quantized, part => node.OpType.Contains(part))) ? TensorPrecision.Int8
            : types.Contains((int)DataType.Bfloat16) ? TensorPrecision.BFloat16
            : types.Contains((int)DataType.Float16) ? TensorPrecision.Float16
            : types.Contains((int)DataType.Float) || !types.Contains((int)DataType.Double) ? TensorPrecision.Float32
            : TensorPrecision.Float64;
    }

    private static void Collect(GraphProto graph, List<NodeProto> nodes, HashSet<int> types)
    {
        types.UnionWith(graph.Initializer.Select(tensor => tensor.DataType));
        types.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Type?.TensorType?.ElemType ?? 0));
        Collect(graph.Node, nodes, types);
    }

    private static void Collect(IEnumerable<NodeProto> added, List<NodeProto> nodes, HashSet<int> types)
    {
        foreach (var node in added)
        {
            nodes.Add(node);
            types.UnionWith(node.Attribute.Where(attribute => attribute.T is not null)
                .Select(attribute => attribute.T.DataType));
            types.UnionWith(node.Attribute.Where(attribute => node.OpType == "Cast" && attribute.Name == "to")
                .Select(attribute => (int)attribute.I));
            foreach (var inner in GraphScope.GraphsOf(node))
            {
                Collect(inner, nodes, types);
            }
        }
    }
}
