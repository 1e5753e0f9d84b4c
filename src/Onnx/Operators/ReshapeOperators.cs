using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>The same elements in other dimensions.</summary>
    public const string
        Expand = "Expand",
        Reshape = "Reshape",
        Squeeze = "Squeeze",
        Transpose = "Transpose",
        Unsqueeze = "Unsqueeze";
}

internal static class ReshapeOperators
{
    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Expand, 2..2, InferExpand),
        new(Operators.Reshape, 2..2, InferReshape, new AttributeSchema("allowzero", AttributeType.Int)),
        new(Operators.Squeeze, 2..2, InferSqueeze),
        new(Operators.Transpose, 1..1, InferTranspose, new AttributeSchema("perm", AttributeType.Ints)),
        new(Operators.Unsqueeze, 2..2, InferUnsqueeze),
    ];

    private static void InferTranspose(NodeContext node)
    {
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        var identity = Enumerable.Range(0, shape.Count).Select(i => (long)i).ToArray();
        var permutation = node.Ints("perm") ?? [.. identity.Reverse()];
        if (!permutation.Order().SequenceEqual(identity))
        {
            node.ShapeProblem(
                $"has perm [{string.Join(", ", permutation)}], but an order of the {shape.Count} dimensions " +
                $"{TensorType.Format(shape)} was expected.");
            return;
        }

        node.SetOutput(x.Element, [.. permutation.Select(i => shape[(int)i])]);
    }

    private static void InferSqueeze(NodeContext node)
    {
        node.RequireElement(1, DataType.Int64);
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } axes)
        {
            return;
        }

        var places = axes.Select(axis => node.Axis(axis, shape.Count)).ToHashSet();
        if (shape.Where((_, i) => places.Contains(i)).Any(size => size is { IsUnknown: false, Size: not 1 }))
        {
            node.ShapeProblem(
                $"has the axes [{string.Join(", ", axes)}], but in {TensorType.Format(shape)} only those of size 1 " +
                "can go.");
        }

        node.SetOutput(x.Element, [.. shape.Where((_, i) => !places.Contains(i))]);
    }

    private static void InferUnsqueeze(NodeContext node)
    {
        node.RequireElement(1, DataType.Int64);
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } axes)
        {
            return;
        }

        var rank = shape.Count + axes.Length;
        var places = axes.Select(axis => node.Axis(axis, rank)).ToHashSet();
        if (places.Contains(null) || places.Count != axes.Length)
        {
            node.ShapeProblem(
                $"has the axes [{string.Join(", ", axes)}], but different ones within {rank} dimensions were " +
                "expected.");
            return;
        }

        var rest = new Queue<Dimension>(shape);
        Dimension[] result = [.. Enumerable.Range(0, rank).Select(i => places.Contains(i) ? 1 : rest.Dequeue())];
        node.SetOutput(x.Element, result);
        if (x.Sizes is { } sizes)
        {
            node.SetSizes(sizes, result);
        }
    }

    private static void InferExpand(NodeContext node)
    {
        node.RequireElement(1, DataType.Int64);
        if (node.Input(0) is not { Shape: { } shape } x || node.SizesInput(1) is not { } target)
        {
            return;
        }

        var change = $"expands {TensorType.Format(shape)} to {TensorType.Format(target)}";
        if (target.Any(dimension => dimension.Size < 0))
        {
            node.ShapeProblem($"{change}, but sizes from 0 were expected.");
            return;
        }

        var result = Dimensions.Broadcast(shape, target);
        if (result is null)
        {
            node.ShapeProblem($"{change}, but dimensions of 1 or of the same size were expected.");
        }

        node.SetOutput(x.Element, result);
    }

    private static void InferReshape(NodeContext node)
    {
        node.RequireElement(1, DataType.Int64);
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        if (node.ConstantInput(1) is not { } target)
        {
            var sizes = node.Input(1)?.Sizes?.Select(size => size.Size == -1 ? Dimension.Unknown : size);
            node.SetOutput(x.Element, sizes?.ToArray());
            return;
        }

        var copies = node.Int("allowzero", 0) == 0;
        if (target.Count(size => size == -1) > 1 || target.Any(size => size < -1)
            || (copies && target.Skip(shape.Count).Contains(0)))
        {
            node.ShapeProblem(
                $"has the target [{string.Join(", ", target)}], but sizes, zeros at places of " +
                $"{TensorType.Format(shape)}, and at most one -1 were expected.");
            return;
        }

        node.SetOutput(x.Element, Reshaped(node, shape, target, copies));
    }

    // Dimensions that are copied cancel out on both sides; what remains has to hold the same number of elements.
    private static Dimension[] Reshaped(NodeContext node, IReadOnlyList<Dimension> shape, long[] target, bool copies)
    {
        bool IsCopied(int i) => copies && i < target.Length && target[i] == 0;
        var remaining = Dimensions.Product(shape.Where((_, i) => !IsCopied(i)));
        var fixedSizes = target.Where((size, i) => !IsCopied(i) && size != -1)
            .Aggregate(1L, (product, size) => product * size);
        var result = target
            .Select((size, i) => IsCopied(i) ? shape[i] : size == -1 ? Dimension.Unknown : size).ToArray();
        if (remaining is not { } count)
        {
            return result;
        }

        var rest = Array.IndexOf(target, -1);
        var fits = rest < 0 ? count == fixedSizes : fixedSizes > 0 && count % fixedSizes == 0;
        if (!fits)
        {
            node.ShapeProblem(
                $"turns {TensorType.Format(shape)} into [{string.Join(", ", target)}], but as many elements were " +
                "expected.");
        }
        else if (rest >= 0)
        {
            result[rest] = count / fixedSizes;
        }

        return result;
    }
}

/// <content>The same elements in other dimensions.</content>
public static partial class GraphExtensions
{
    /// <summary>Repeats dimensions of size 1 up to a shape, int64 <c>[dimensions]</c>.</summary>
    public static string ExpandTo(this GraphBuilder graph, string name, string x, string shape) =>
        graph.Add(name, Operators.Expand, [x, shape]);

    /// <summary>Another shape: 0 keeps the dimension at that place, -1 takes what remains.</summary>
    public static string Reshape(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> shape) =>
        graph.Add(name, Operators.Reshape, [x, graph.Constant(shape)]);

    /// <summary>Another shape that is computed when the model runs, int64 <c>[dimensions]</c>.</summary>
    public static string ReshapeTo(this GraphBuilder graph, string name, string x, string shape) =>
        graph.Add(name, Operators.Reshape, [x, shape]);

    /// <summary>Removes dimensions of size 1.</summary>
    public static string Squeeze(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> axes) =>
        graph.Add(name, Operators.Squeeze, [x, graph.Constant(axes)]);

    /// <summary>
    /// Reorders the dimensions: dimension i of the result is dimension <c>permutation[i]</c> of the input.
    /// </summary>
    public static string Transpose(
        this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> permutation) =>
        graph.Add(name, Operators.Transpose, [x], Attributes.Ints("perm", permutation));

    /// <summary>Inserts a dimension of size 1 at each of the axes, which count in the result.</summary>
    public static string Unsqueeze(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> axes) =>
        graph.Add(name, Operators.Unsqueeze, [x, graph.Constant(axes)]);
}
