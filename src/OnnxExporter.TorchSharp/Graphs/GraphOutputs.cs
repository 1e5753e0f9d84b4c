using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Makes values of a graph its outputs, under names of the caller's.</summary>
internal static class GraphOutputs
{
    /// <summary>Adds the outputs and returns which values were renamed to what.</summary>
    internal static IReadOnlyDictionary<string, string> Add(
        GraphBuilder graph, IReadOnlyList<OnnxValue> values, IReadOnlyList<string> names)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, name) in values.Zip(names))
        {
            if (renamed.TryGetValue(value.Name, out var other))
            {
                graph.Identity(name, other);
            }
            else if (graph.IsComputed(value.Name))
            {
                graph.Rename(value.Name, name);
                renamed[value.Name] = name;
            }
            else
            {
                graph.Identity(name, value.Name);
            }

            graph.Output(name, ElementTypeMap.ToOnnx(value.Type), [.. value.Shape]);
        }

        return renamed;
    }
}
