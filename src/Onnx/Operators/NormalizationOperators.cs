using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>
    /// (x - mean) / √(variance + ε), scaled and shifted: by stored statistics of each channel, by those of each channel
    /// of each row, or by those over the last dimensions.
    /// </summary>
    public const string
        BatchNormalization = "BatchNormalization",
        InstanceNormalization = "InstanceNormalization",
        LayerNormalization = "LayerNormalization";
}

internal static class NormalizationOperators
{
    private static readonly AttributeSchema Epsilon = new("epsilon", AttributeType.Float);

    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.BatchNormalization, 5..5, InferByChannel,
            Epsilon, new("momentum", AttributeType.Float), new("training_mode", AttributeType.Int)),
        new(Operators.InstanceNormalization, 3..3, InferByChannel, Epsilon),
        new(
            Operators.LayerNormalization, 2..3, InferLayer,
            Epsilon, new("axis", AttributeType.Int), new("stash_type", AttributeType.Int)) { Since = 17 },
    ];

    private static void InferByChannel(NodeContext node)
    {
        RequireReals(node);
        if (node.Input(0)?.Shape is { } shape)
        {
            if (shape.Count < 2)
            {
                node.ShapeProblem(
                    $"has {TensorType.Format(shape)} as input 0, but a batch and channels were expected.");
                return;
            }

            for (var i = 1; i < node.InputCount; i++)
            {
                node.RequireShape(i, shape[1]);
            }
        }

        node.SetLikeInput();
    }

    private static void InferLayer(NodeContext node)
    {
        RequireReals(node);
        if (node.Input(0)?.Shape is { } shape && node.Axis(node.Int("axis", -1), shape.Count) is { } axis)
        {
            for (var i = 1; i < node.InputCount; i++)
            {
                node.RequireShape(i, [.. shape.Skip(axis)]);
            }
        }

        node.SetLikeInput();
    }

    private static void RequireReals(NodeContext node)
    {
        node.RequireReal(0);
        for (var i = 1; i < node.InputCount; i++)
        {
            node.RequireSameElement(0, i);
        }
    }
}

/// <content>Normalizations; ε is added to the variance.</content>
public static partial class GraphExtensions
{
    /// <summary>By stored statistics of each channel, all <c>[channels]</c>.</summary>
    public static string BatchNormalization(
        this GraphBuilder graph, string name, string x, string scale, string shift, string mean, string variance,
        float epsilon) =>
        graph.Add(
            name,
            Operators.BatchNormalization,
            [x, scale, shift, mean, variance],
            Attributes.Float("epsilon", epsilon));

    /// <summary>By the statistics of each channel of each row; scale and shift <c>[channels]</c>.</summary>
    public static string InstanceNormalization(
        this GraphBuilder graph, string name, string x, string scale, string shift, float epsilon) =>
        graph.Add(name, Operators.InstanceNormalization, [x, scale, shift], Attributes.Float("epsilon", epsilon));

    /// <summary>
    /// By the statistics over the dimensions from an axis on, in whose shape are scale and shift; an empty name leaves
    /// the shift out. From opset 17 on.
    /// </summary>
    public static string LayerNormalization(
        this GraphBuilder graph, string name, string x, string scale, string shift, long axis, float epsilon) =>
        graph.Add(
            name, Operators.LayerNormalization, WithoutTrailingGaps(x, scale, shift),
            Attributes.Int("axis", axis), Attributes.Float("epsilon", epsilon));
}
