using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Proto;

namespace OnnxSentiment.OnnxExporter.Layers;

/// <summary>x Wᵀ + b, with the weights as PyTorch stores them.</summary>
public static class Linear
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="weights">W <c>[out, in]</c>.</param>
    /// <param name="bias">b <c>[out]</c>.</param>
    /// <param name="x">x <c>[batch, in]</c>.</param>
    /// <returns>The result <c>[batch, out]</c>.</returns>
    public static string Add(GraphBuilder graph, string name, TensorProto weights, TensorProto bias, string x)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.GemmTransposed(name, x, graph.Initializer(weights), graph.Initializer(bias));
    }
}
