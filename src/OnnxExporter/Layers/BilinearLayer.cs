using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>x₁ᵀ W x₂ + b, a matrix W for each output.</summary>
internal static class BilinearLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">W <c>[out, in1, in2]</c>.</param>
    /// <param name="bias">b <c>[out]</c>, or null for none.</param>
    /// <param name="x1">x₁ <c>[batch, in1]</c>.</param>
    /// <param name="x2">x₂ <c>[batch, in2]</c>.</param>
    /// <returns><c>[batch, out]</c></returns>
    public static string Add(
        GraphBuilder graph, string name, TensorProto weights, TensorProto? bias, string x1, string x2)
    {
        var (outputs, left, right) = (weights.Dims[0], weights.Dims[1], weights.Dims[2]);
        var byInput = Tensors.Float($"{weights.Name}_by_input", [left, outputs * right], ByInput(weights));
        var matrix = graph.Initializer(byInput);
        var matrices = graph.Reshape($"{name}/matrices", graph.MatMul($"{name}/left", x1, matrix), 0, outputs, right);
        var column = graph.Unsqueeze($"{name}/column", x2, 2);
        var product = graph.MatMul($"{name}/right", matrices, column);
        return bias is null
            ? graph.Squeeze(name, product, 2)
            : graph.Add(name, graph.Squeeze($"{name}/product", product, 2), graph.Initializer(bias));
    }

    // [out, in1, in2] → [in1, out·in2]: one product of matrices serves all outputs.
    private static float[] ByInput(TensorProto weights)
    {
        var (outputs, left, right) = ((int)weights.Dims[0], (int)weights.Dims[1], (int)weights.Dims[2]);
        var source = Tensors.FloatsOf(weights);
        var result = new float[source.Length];
        for (var output = 0; output < outputs; output++)
        {
            for (var row = 0; row < left; row++)
            {
                source.AsSpan(((output * left) + row) * right, right)
                    .CopyTo(result.AsSpan(((row * outputs) + output) * right));
            }
        }

        return result;
    }
}
