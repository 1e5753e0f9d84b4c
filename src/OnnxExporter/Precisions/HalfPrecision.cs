using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Half precision: all weights are stored so, and embedding and recurrent layers compute so where the host can. What
/// follows the last recurrent layer is small and sums over time, where half precision would lose digits: a cast brings
/// its inputs back to single precision.
/// </summary>
internal static class HalfPrecision
{
    // What these return has the type of what they are given.
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        Operators.Gather, Operators.Transpose, Operators.Reshape, Operators.Lstm, Operators.Gru, Operators.Rnn,
    };

    internal static void Rewrite(GraphProto graph)
    {
        var half = StoreWeights(graph);
        var nodes = new List<NodeProto>();
        var casts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            if (!Carriers.Contains(node.OpType))
            {
                CastInputs(node, half, casts, nodes);
            }
            else if (half.Contains(node.Input[0]))
            {
                half.UnionWith(node.Output);
            }

            nodes.Add(node);
        }

        graph.Node.Clear();
        graph.Node.AddRange(nodes);
    }

    // Constants without dimensions belong to the readout's arithmetic and stay as they are.
    private static HashSet<string> StoreWeights(GraphProto graph)
    {
        var half = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < graph.Initializer.Count; i++)
        {
            if (graph.Initializer[i] is { Dims.Count: > 0 } tensor && PrecisionRewriter.IsFloat(tensor))
            {
                graph.Initializer[i] = Tensors.Float16(tensor.Name, [.. tensor.Dims], Tensors.FloatsOf(tensor));
                half.Add(tensor.Name);
            }
        }

        return half;
    }

    private static void CastInputs(NodeProto node, HashSet<string> half, HashSet<string> casts, List<NodeProto> nodes)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (!half.Contains(node.Input[i]))
            {
                continue;
            }

            var single = $"{node.Input[i]}/float";
            if (casts.Add(single))
            {
                nodes.Add(CastToFloat(single, node.Input[i]));
            }

            node.Input[i] = single;
        }
    }

    private static NodeProto CastToFloat(string name, string value) => new()
    {
        Name = name,
        OpType = Operators.Cast,
        Input = { value },
        Output = { name },
        Attribute = { Attributes.Int("to", (long)DataType.Float) },
    };
}
