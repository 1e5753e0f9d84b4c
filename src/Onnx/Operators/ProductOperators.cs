using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Matrix products: over the last two dimensions, or of two matrices with a bias.</summary>
    public const string
        Gemm = "Gemm",
        MatMul = "MatMul";
}

internal static class ProductOperators
{
    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.Gemm, 2..3, InferGemm,
            new("alpha", AttributeType.Float), new("beta", AttributeType.Float),
            new("transA", AttributeType.Int), new("transB", AttributeType.Int)),
        new(Operators.MatMul, 2..2, InferMatMul),
    ];

    private static void InferMatMul(NodeContext node)
    {
        node.RequireNumber(0);
        node.RequireSameElement(0, 1);
        if (node.Input(0) is not { Shape: { } a } x || node.Input(1)?.Shape is not { } b)
        {
            return;
        }

        var product = $"multiplies {TensorType.Format(a)} by {TensorType.Format(b)}";
        if (a.Count < 2 || b.Count < 2)
        {
            node.ShapeProblem($"{product}, but at least two dimensions each were expected.");
            return;
        }

        var outer = Dimensions.Broadcast([.. a.Take(a.Count - 2)], [.. b.Take(b.Count - 2)]);
        if (outer is null || !Dimensions.Agree(a[^1], b[^2]))
        {
            node.ShapeProblem($"{product}, but as many columns on the left as rows on the right were expected.");
            return;
        }

        node.SetOutput(x.Element, [.. outer, a[^2], b[^1]]);
    }

    private static void InferGemm(NodeContext node)
    {
        node.RequireNumber(0);
        node.RequireSameElement(0, 1);
        node.RequireSameElement(0, 2);
        node.RequireShape(0, Dimension.Unknown, Dimension.Unknown);
        node.RequireShape(1, Dimension.Unknown, Dimension.Unknown);
        if (node.Input(0) is not { Shape: { Count: 2 } a } x || node.Input(1)?.Shape is not { Count: 2 } b)
        {
            return;
        }

        var (rows, inner) = node.Int("transA", 0) == 0 ? (a[0], a[1]) : (a[1], a[0]);
        var (innerOfB, columns) = node.Int("transB", 0) == 0 ? (b[0], b[1]) : (b[1], b[0]);
        if (!Dimensions.Agree(inner, innerOfB))
        {
            node.ShapeProblem(
                $"multiplies {TensorType.Format([rows, inner])} by {TensorType.Format([innerOfB, columns])}, but as " +
                "many columns on the left as rows on the right were expected.");
        }

        CheckBias(node, [rows, columns]);
        node.SetOutput(x.Element, [rows, columns]);
    }

    private static void CheckBias(NodeContext node, Dimension[] result)
    {
        if (node.Input(2)?.Shape is { } bias && !Dimensions.BroadcastsTo(bias, result))
        {
            node.ShapeProblem(
                $"adds {TensorType.Format(bias)}, but a shape that broadcasts to {TensorType.Format(result)} was " +
                "expected.");
        }
    }
}

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

    // Optional inputs and outputs at the end are left out; those before them are empty names.
    private static string[] WithoutTrailingGaps(params ReadOnlySpan<string> names) => names.TrimEnd("").ToArray();
}
