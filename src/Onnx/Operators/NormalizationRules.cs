namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of normalisations, which keep those of their input.</summary>
internal static class NormalizationRules
{
    internal static void PerChannel(NodeContext node)
    {
        RequireReals(node);
        if (node.Input(0)?.Shape is { } shape)
        {
            if (shape.Count < 2)
            {
                node.ShapeProblem($"has {TensorType.Format(shape)} as input 0, but a batch and channels were expected.");
                return;
            }

            for (var i = 1; i < node.InputCount; i++)
            {
                node.RequireShape(i, shape[1]);
            }
        }

        ElementwiseRules.SetLikeInput(node);
    }

    internal static void Layer(NodeContext node)
    {
        RequireReals(node);
        if (node.Input(0)?.Shape is { } shape && node.Axis(node.Int("axis", -1), shape.Count) is { } axis)
        {
            for (var i = 1; i < node.InputCount; i++)
            {
                node.RequireShape(i, [.. shape.Skip(axis)]);
            }
        }

        ElementwiseRules.SetLikeInput(node);
    }

    private static void RequireReals(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        for (var i = 1; i < node.InputCount; i++)
        {
            node.RequireSameElement(0, i);
        }
    }
}
