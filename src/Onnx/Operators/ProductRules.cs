namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of matrix products.</summary>
internal static class ProductRules
{
    internal static void MatMul(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
        node.RequireSameElement(0, 1);
        if (node.Input(0) is not { Shape: { } a } x || node.Input(1)?.Shape is not { } b)
        {
            return;
        }

        if (a.Count < 2 || b.Count < 2)
        {
            node.ShapeProblem($"multiplies {TensorType.Format(a)} by {TensorType.Format(b)}, but at least two dimensions each were expected.");
            return;
        }

        var outer = Dimensions.Broadcast([.. a.Take(a.Count - 2)], [.. b.Take(b.Count - 2)]);
        if (outer is null || !Dimensions.Agree(a[^1], b[^2]))
        {
            node.ShapeProblem(
                $"multiplies {TensorType.Format(a)} by {TensorType.Format(b)}, but as many columns on the left as rows on the right were expected.");
            return;
        }

        node.SetOutput(x.Element, [.. outer, a[^2], b[^1]]);
    }

    internal static void Gemm(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
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
                $"multiplies {TensorType.Format([rows, inner])} by {TensorType.Format([innerOfB, columns])}, but as many columns on the left as rows on the right were expected.");
        }

        CheckBias(node, rows, columns);
        node.SetOutput(x.Element, [rows, columns]);
    }

    // The bias broadcasts to the result and never the other way round.
    private static void CheckBias(NodeContext node, Dimension rows, Dimension columns)
    {
        Dimension[] result = [rows, columns];
        if (node.Input(2)?.Shape is { } bias
            && (Dimensions.Broadcast(bias, result) is not { } joined || !Dimensions.Agree(joined, result)))
        {
            node.ShapeProblem(
                $"adds {TensorType.Format(bias)}, but a shape that broadcasts to {TensorType.Format(result)} was expected.");
        }
    }
}
