using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Proto;

namespace OnnxSentiment.OnnxExporter.Layers;

/// <summary>Looks up each token's vector and puts time first, the only layout that all runtimes' recurrent kernels take.</summary>
public static class Embedding
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The vectors <c>[vocabulary, embedding]</c>.</param>
    /// <param name="ids">The ids, int64 <c>[batch, sequence]</c>.</param>
    /// <returns>The vectors <c>[sequence, batch, embedding]</c>.</returns>
    public static string Add(GraphBuilder graph, string name, TensorProto weights, string ids)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var vectors = graph.Gather(name, graph.Initializer(weights), ids);
        return graph.Transpose($"{name}/time_first", vectors, 1, 0, 2);
    }
}
