using System.Security.Cryptography;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Stores once what several nodes use: tied weights, and those of a layer that is applied more than once.</summary>
public static class SharedConstants
{
    /// <summary>Removes constants that equal an earlier one in type, shape and values, and lets their users take that.</summary>
    public static void Merge(GraphProto graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer.Where(tensor => tensor.HasRawData))
        {
            var key = Key(tensor);
            if (!first.TryAdd(key, tensor.Name))
            {
                replaced[tensor.Name] = first[key];
            }
        }

        TensorProto[] kept = [.. graph.Initializer.Where(tensor => !replaced.ContainsKey(tensor.Name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(kept);
        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = replaced.GetValueOrDefault(node.Input[i], node.Input[i]);
            }
        }
    }

    private static string Key(TensorProto tensor) =>
        $"{tensor.DataType} [{string.Join(',', tensor.Dims)}] {Convert.ToHexString(SHA256.HashData(tensor.RawData.Span))}";
}
