namespace OnnxSentiment.Onnx;

/// <content>Matrix products.</content>
public static partial class GraphExtensions
{
    /// <summary>Matrix product over the last two dimensions, broadcast over the others.</summary>
    public static string MatMul(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.MatMul, [a, b]);

    /// <summary>
    /// x wᵀ + bias for a matrix <paramref name="x"/> <c>[batch, in]</c> and weights <c>[out, in]</c>, PyTorch's layout;
    /// an empty name leaves the bias out.
    /// </summary>
    public static string GemmTransposed(this GraphBuilder graph, string name, string x, string weights, string bias) =>
        graph.Add(name, Operators.Gemm, WithoutTrailingGaps(x, weights, bias), Attributes.Int("transB", 1));
}
