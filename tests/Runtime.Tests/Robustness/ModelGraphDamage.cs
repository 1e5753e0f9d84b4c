using Google.Protobuf;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Seeded damage to a model's graph that leaves a sound protobuf file, and so reaches deeper than damaged bytes.
/// </summary>
internal static class ModelGraphDamage
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 3, 7, 50, 255, 65_536, int.MaxValue, int.MinValue, 1L << 33, 1L << 40, long.MaxValue,
        long.MinValue,
    ];

    public static byte[] Of(Random random) => TestModel.Bytes(model =>
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            Edit(model.Graph, random);
        }
    });

    private static void Edit(GraphProto graph, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                Edit(Any(graph.Initializer, random), random);
                break;
            case 1:
                Swap(graph.Node, random);
                break;
            case 2:
                graph.Node.RemoveAt(random.Next(graph.Node.Count));
                break;
            case 3:
                Any(graph.Node, random).OpType = Any(graph.Node, random).OpType;
                break;
            case 4:
                Rewire(graph, Any(graph.Node, random), random);
                break;
            case 5:
                EditValue(graph, random);
                break;
            default:
                EditAttribute(Any(graph.Node, random), random);
                break;
        }
    }

    private static void Edit(TensorProto tensor, Random random)
    {
        if (random.Next(3) == 0 || tensor.Dims.Count == 0)
        {
            tensor.DataType = random.Next(25);
        }
        else if (random.Next(3) == 0)
        {
            tensor.Dims.Add(Any(Numbers, random));
        }
        else
        {
            tensor.Dims[random.Next(tensor.Dims.Count)] = Any(Numbers, random);
        }

        if (random.Next(3) == 0)
        {
            tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..random.Next(tensor.RawData.Length + 1)]);
        }
    }

    private static void Swap(IList<NodeProto> nodes, Random random)
    {
        var (i, j) = (random.Next(nodes.Count), random.Next(nodes.Count));
        (nodes[i], nodes[j]) = (nodes[j], nodes[i]);
    }

    private static void Rewire(GraphProto graph, NodeProto node, Random random)
    {
        var names = graph.Node.SelectMany(n => n.Output)
            .Concat(graph.Initializer.Select(i => i.Name)).Append("").Append("input_ids").ToList();
        var ends = random.Next(3) == 0 ? node.Output : node.Input;
        if (ends.Count > 0)
        {
            ends[random.Next(ends.Count)] = Any(names, random);
        }
    }

    private static void EditValue(GraphProto graph, Random random)
    {
        var type = Any([.. graph.Input, .. graph.Output], random).Type.TensorType;
        if (random.Next(2) == 0)
        {
            type.ElemType = random.Next(20);
        }
        else if (type.Shape is { Dim.Count: > 0 } shape)
        {
            shape.Dim[random.Next(shape.Dim.Count)] = new() { DimValue = Any(Numbers, random) };
        }
    }

    private static void EditAttribute(NodeProto node, Random random)
    {
        if (node.Attribute.Count == 0)
        {
            return;
        }

        var attribute = Any(node.Attribute, random);
        switch (random.Next(5))
        {
            case 0:
                node.Attribute.Remove(attribute);
                break;
            case 1 when attribute.Ints.Count > 0:
                attribute.Ints[random.Next(attribute.Ints.Count)] = Any(Numbers, random);
                break;
            case 2 when attribute.T is not null:
                Edit(attribute.T, random);
                break;
            case 3 when attribute.Strings.Count > 0:
                attribute.Strings.RemoveAt(random.Next(attribute.Strings.Count));
                break;
            default:
                attribute.I = Any(Numbers, random);
                break;
        }
    }

    private static T Any<T>(IList<T> values, Random random) => values[random.Next(values.Count)];
}
