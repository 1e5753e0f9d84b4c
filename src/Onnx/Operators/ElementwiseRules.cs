using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators that work element by element.</summary>
internal static class ElementwiseRules
{
    internal static void ComputeMode(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsNumber, "a number");
        node.RequireSameElement(0, 1);
        SetBroadcast(node, node.Input(0)?.Element, 0, 1);
    }

    internal static void Equal(NodeContext node)
    {
        node.RequireSameElement(0, 1);
        SetBroadcast(node, DataType.Bool, 0, 1);
    }

    internal static void Where(NodeContext node)
    {
        node.RequireElement(0, type => type == DataType.Bool, "bool");
        node.RequireSameElement(1, 2);
        SetBroadcast(node, node.Input(1)?.Element, 0, 1, 2);
    }

    internal static void Not(NodeContext node)
    {
        node.RequireElement(0, type => type == DataType.Bool, "bool");
        SetLikeInput(node);
    }

    internal static void RealFunction(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        SetLikeInput(node);
    }

    internal static void SignedFunction(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsSigned, "a signed number");
        SetLikeInput(node);
    }

    // The slope broadcasts to the input and never the other way round.
    internal static void PRelu(NodeContext node)
    {
        node.RequireElement(0, ElementTypes.IsReal, "a real number");
        node.RequireSameElement(0, 1);
        if (node.Input(0)?.Shape is { } x && node.Input(1)?.Shape is { } slope
            && (Dimensions.Broadcast(slope, x) is not { } joined || !Dimensions.Agree(joined, x)))
        {
            node.ShapeProblem($"has {TensorType.Format(slope)} as input 1, but a shape that broadcasts to {TensorType.Format(x)} was expected.");
        }

        SetLikeInput(node);
    }

    internal static void Cast(NodeContext node)
    {
        var to = node.Int("to", 0);
        if (!ElementTypes.IsElement((int)to))
        {
            node.TypeProblem($"casts to {ElementTypes.NameOf((int)to)}, but a type of the standard was expected.");
        }

        node.SetOutput((DataType)to, node.Input(0)?.Shape);
    }

    internal static void SetLikeInput(NodeContext node)
    {
        if (node.Input(0) is { } x)
        {
            node.SetOutput(x.Element, x.Shape);
        }
    }

    private static void SetBroadcast(NodeContext node, DataType? element, params int[] inputs)
    {
        if (element is not { } type)
        {
            return;
        }

        IReadOnlyList<Dimension>? shape = [];
        foreach (var input in inputs)
        {
            var next = node.Input(input)?.Shape;
            if (shape is null || next is null)
            {
                shape = null;
                continue;
            }

            var joined = Dimensions.Broadcast(shape, next);
            if (joined is null)
            {
                node.ShapeProblem(
                    $"has {TensorType.Format(next)} as input {input}, but a shape that broadcasts with {TensorType.Format(shape)} was expected.");
            }

            shape = joined;
        }

        node.SetOutput(type, shape);
    }
}
