using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Declares the types of intermediate values, so that viewers show shapes without computing them.</summary>
internal static class ValueInfoWriter
{
    /// <summary>Adds the declarations to a graph of known operators, in the order of its nodes, and returns it.</summary>
    internal static GraphProto AddTo(GraphProto graph, int opset)
    {
        var types = TypeInference.Infer(graph, opset, new ProblemList());
        var outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var value in graph.Node.SelectMany(node => node.Output).Where(value => !outputs.Contains(value)))
        {
            if (types.GetValueOrDefault(value) is { Shape: { } shape } type)
            {
                graph.ValueInfo.Add(ValueInfos.Create(value, type.Element, [.. shape]));
            }
        }

        return graph;
    }
}
