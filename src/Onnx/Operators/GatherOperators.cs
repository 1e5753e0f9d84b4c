using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Picking slices or single elements by index.</summary>
    public const string
        Gather = "Gather",
        GatherElements = "GatherElements";
}

internal static class GatherOperators
{
    private static readonly AttributeSchema Axis = new("axis", AttributeType.Int);

    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.Gather, 2..2, InferGather, Axis),
        new(Operators.GatherElements, 2..2, InferGatherElements, Axis),
    ];

    private static void InferGather(NodeContext node)
    {
        node.RequireIndex(1);
        if (node.Input(0) is not { Shape: { } data } x || node.Axis(node.Int("axis", 0), data.Count) is not { } axis)
        {
            return;
        }

        var indices = node.Input(1)?.Shape;
        node.SetOutput(x.Element, indices is null ? null : [.. data.Take(axis), .. indices, .. data.Skip(axis + 1)]);
        GatherSizes(node, x, indices);
    }

    private static void GatherSizes(NodeContext node, TensorType data, IReadOnlyList<Dimension>? shape)
    {
        if (data.Sizes is { } sizes && shape is not null && node.ConstantInput(1) is { } indices
            && Array.TrueForAll(indices, index => index >= 0 && index < sizes.Count))
        {
            node.SetSizes([.. indices.Select(index => sizes[(int)index])], shape);
        }
    }

    private static void InferGatherElements(NodeContext node)
    {
        node.RequireIndex(1);
        if (node.Input(0) is not { Shape: { } data } x || node.Axis(node.Int("axis", 0), data.Count) is not { } axis)
        {
            return;
        }

        var expected = data.ToArray();
        expected[axis] = Dimension.Unknown;
        node.RequireShape(1, expected);
        node.SetOutput(x.Element, node.Input(1)?.Shape);
    }
}

/// <content>Picking by index.</content>
public static partial class GraphExtensions
{
    /// <summary>
    /// The rows of <paramref name="data"/> that <paramref name="indices"/> name, in the shape of the indices.
    /// </summary>
    public static string Gather(this GraphBuilder graph, string name, string data, string indices) =>
        graph.Add(name, Operators.Gather, [data, indices], Attributes.Int("axis", 0));

    /// <summary>Row by row, the elements of a matrix at the columns that a matrix of indices names.</summary>
    public static string GatherColumns(this GraphBuilder graph, string name, string data, string indices) =>
        graph.Add(name, Operators.GatherElements, [data, indices], Attributes.Int("axis", 1));
}
