using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Small graphs written by hand, as no exporter writes them.</summary>
internal static class Graphs
{
    internal static ModelProto Model(params IEnumerable<object> parts)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            OpsetImport =
            {
                new OperatorSetIdProto { Version = 17 },
                new OperatorSetIdProto { Domain = Domains.Microsoft, Version = 1 },
            },
            Graph = Graph(parts),
        };
        return model;
    }

    /// <summary>
    /// A graph of nodes and constants; the values declared first are its inputs, those after a node its outputs.
    /// </summary>
    internal static GraphProto Graph(params IEnumerable<object> parts)
    {
        var graph = new GraphProto { Name = "g" };
        foreach (var part in parts)
        {
            switch (part)
            {
                case NodeProto node:
                    graph.Node.Add(node);
                    break;
                case TensorProto tensor:
                    graph.Initializer.Add(tensor);
                    break;
                case ValueInfoProto value:
                    (graph.Node.Count == 0 ? graph.Input : graph.Output).Add(value);
                    break;
                default:
                    throw new ArgumentException($"{part} is no part of a graph.");
            }
        }

        return graph;
    }

    internal static NodeProto Node(string op, string inputs, string outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = $"{op} {outputs}" };
        node.Input.AddRange(inputs.Split(' '));
        node.Output.AddRange(outputs.Split(' '));
        node.Attribute.AddRange(attributes);
        return node;
    }

    internal static ValueInfoProto Value(string name, DataType type, params Dimension[] shape) =>
        ValueInfos.Create(name, type, shape);

    internal static AttributeProto Inner(string name, GraphProto graph) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    /// <summary>y = x · factor.</summary>
    internal static ModelProto Scale(float factor) => Model(
        Tensors.Float("factor", [1], [factor]), Value("x", DataType.Float, "n"), Node("Mul", "x factor", "y"),
        Value("y", DataType.Float, "n"));

    /// <summary>Writes a model and returns its path.</summary>
    internal static string Write(this ModelProto model, TemporaryFolder folder, string name)
    {
        var path = folder.In($"{name}.onnx");
        ModelFile.Write(model, path);
        return path;
    }
}
