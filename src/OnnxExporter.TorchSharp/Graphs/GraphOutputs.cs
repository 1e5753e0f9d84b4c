using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Makes values of a graph its outputs, under names of the caller's.</summary>
internal static class GraphOutputs
{
    /// <summary>Adds the outputs and returns which values were renamed to what.</summary>
    internal static IReadOnlyDictionary<string, string> Add(
        GraphProto graph, IReadOnlyList<OnnxValue> values, IReadOnlyList<string> names)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, name) in values.Zip(names))
        {
            if (renamed.ContainsKey(value.Name) || !IsComputed(graph, value.Name))
            {
                AddIdentity(graph, renamed.GetValueOrDefault(value.Name, value.Name), name);
            }
            else
            {
                Rename(graph, value.Name, name);
                renamed[value.Name] = name;
            }

            graph.Output.Add(ValueInfos.Create(name, ElementTypeMap.ToOnnx(value.Type), [.. value.Shape]));
        }

        return renamed;
    }

    private static bool IsComputed(GraphProto graph, string value) =>
        graph.Node.Any(node => node.Output.Contains(value));

    private static void AddIdentity(GraphProto graph, string value, string name) =>
        graph.Node.Add(
            new NodeProto { Name = name, OpType = Operators.Identity, Input = { value }, Output = { name } });

    private static void Rename(GraphProto graph, string from, string to)
    {
        foreach (var names in graph.Node.SelectMany(node => (IList<string>[])[node.Input, node.Output]))
        {
            for (var i = 0; i < names.Count; i++)
            {
                names[i] = names[i] == from ? to : names[i];
            }
        }
    }
}
