using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>x Wᵀ + b, with the weights as PyTorch stores them.</summary>
internal static class LinearLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result, and prefix of all others.</param>
    /// <param name="weights">W <c>[out, in]</c>.</param>
    /// <param name="bias">b <c>[out]</c>, or null for none.</param>
    /// <param name="x">x, whose last dimension is <c>in</c>.</param>
    /// <returns>The result, whose last dimension is <c>out</c>.</returns>
    public static string Add(GraphBuilder graph, string name, TensorProto weights, TensorProto? bias, string x)
    {
        return graph.ShapeOf(x) is { Count: not 2 }
            ? AddOverLastDimension(graph, name, weights, bias, x)
            : graph.GemmTransposed(name, x, graph.Initializer(weights), bias is null ? "" : graph.Initializer(bias));
    }

    // Gemm knows matrices alone. MatMul wants Wᵀ; transposing here spares every run of the model that work.
    private static string AddOverLastDimension(
        GraphBuilder graph, string name, TensorProto weights, TensorProto? bias, string x)
    {
        var (rows, columns) = ((int)weights.Dims[0], (int)weights.Dims[1]);
        var transposed = Matrices.Transpose(Tensors.FloatsOf(weights), rows, columns);
        var product = graph.MatMul(
            bias is null ? name : $"{name}/product",
            x,
            graph.Initializer(Tensors.Float($"{weights.Name}_transposed", [columns, rows], transposed)));
        return bias is null ? product : graph.Add(name, product, graph.Initializer(bias));
    }
}
