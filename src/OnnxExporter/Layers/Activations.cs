using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Activations, element by element, as PyTorch defines them (https://docs.pytorch.org/docs/stable/nn.functional.html):
/// what the standard has as an operator, and what has to be put together. All return the name of the result, in x's
/// shape.
/// </summary>
internal static class Activations
{
    // From here on ln(1 + exp(x)) and x are the same number in single precision.
    private const double SoftplusIsLinear = 20;

    /// <summary>x where x ≥ 0, else slope · x.</summary>
    public static string AddLeakyRelu(GraphBuilder graph, string name, string x, double slope) =>
        graph.LeakyRelu(name, x, (float)slope);

    /// <summary>x where x > 0, else α·(exp(x) - 1).</summary>
    public static string AddElu(GraphBuilder graph, string name, string x, double alpha) =>
        graph.Elu(name, x, (float)alpha);

    /// <summary>x where x ≥ 0, else slope · x, with a slope for each channel or one for all.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">
    /// x, of at least two dimensions where there is more than one slope: the second is that of the channels.
    /// </param>
    /// <param name="slope"><c>[channels]</c> or <c>[1]</c></param>
    public static string AddPRelu(GraphBuilder graph, string name, string x, TensorProto slope) =>
        graph.PRelu(name, x, graph.Initializer(Channels.Broadcast(slope, graph.ShapeOf(x)?.Count ?? 0)));

    /// <summary>x · Φ(x) with the normal distribution's Φ(x) = (1 + erf(x / √2)) / 2.</summary>
    public static string AddGelu(GraphBuilder graph, string name, string x)
    {
        var scaled = graph.Div($"{name}/scaled", x, graph.Scalar(MathF.Sqrt(2)));
        return AddHalfOfOneMore(graph, name, x, graph.Erf($"{name}/erf", scaled));
    }

    /// <summary>The approximation x · (1 + tanh(√(2/π) · (x + 0.044715·x³))) / 2.</summary>
    public static string AddGeluTanh(GraphBuilder graph, string name, string x)
    {
        var cube = graph.Mul($"{name}/cube", graph.Mul($"{name}/square", x, x), x);
        var bent = graph.Add($"{name}/bent", x, graph.Mul($"{name}/small_cube", cube, graph.Scalar(0.044715f)));
        var scaled = graph.Mul($"{name}/scaled", bent, graph.Scalar(MathF.Sqrt(2 / MathF.PI)));
        return AddHalfOfOneMore(graph, name, x, graph.Tanh($"{name}/tanh", scaled));
    }

    /// <summary>x · logistic(x).</summary>
    public static string AddSilu(GraphBuilder graph, string name, string x) =>
        graph.Mul(name, x, graph.Sigmoid($"{name}/gate", x));

    /// <summary>x · max(0, min(1, x/6 + 1/2)).</summary>
    public static string AddHardswish(GraphBuilder graph, string name, string x) =>
        graph.HardSwish(name, x);

    /// <summary>ln(1 + exp(β·x)) / β, and x itself where β·x exceeds the threshold.</summary>
    public static string AddSoftplus(
        GraphBuilder graph, string name, string x, double beta = 1, double threshold = SoftplusIsLinear)
    {
        if (beta == 1 && threshold >= SoftplusIsLinear)
        {
            return graph.Softplus(name, x);
        }

        var scaled = graph.Mul($"{name}/scaled", x, graph.Scalar((float)beta));
        var soft = graph.Div($"{name}/soft", graph.Softplus($"{name}/softplus", scaled), graph.Scalar((float)beta));
        return graph.Where(name, graph.Greater($"{name}/is_linear", scaled, graph.Scalar((float)threshold)), x, soft);
    }

    private static string AddHalfOfOneMore(GraphBuilder graph, string name, string x, string y)
    {
        var half = graph.Mul($"{name}/half", x, graph.Scalar(0.5f));
        return graph.Mul(name, half, graph.Add($"{name}/one_more", y, graph.Scalar(1f)));
    }
}
