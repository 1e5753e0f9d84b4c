using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Looks up each token's vector.</summary>
internal static class EmbeddingLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="weights">The vectors <c>[vocabulary, embedding]</c>.</param>
    /// <param name="ids">The ids, int32 or int64 of any shape.</param>
    /// <returns>The vectors, in the shape of the ids and a last dimension <c>embedding</c>.</returns>
    public static string Add(GraphBuilder graph, string name, TensorProto weights, string ids) =>
        graph.Gather(name, graph.Initializer(weights), ids);

    /// <summary>
    /// Adds the layer and puts time first, the only layout that all runtimes' recurrent kernels take.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The vectors <c>[vocabulary, embedding]</c>.</param>
    /// <param name="ids">The ids, int64 <c>[batch, sequence]</c>.</param>
    /// <returns>The vectors <c>[sequence, batch, embedding]</c>.</returns>
    public static string AddTimeFirst(GraphBuilder graph, string name, TensorProto weights, string ids) =>
        graph.Transpose($"{name}/time_first", Add(graph, name, weights, ids), 1, 0, 2);
}
