using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Types and shapes of operators on strings.</summary>
internal static class TextRules
{
    private static readonly (string Suffix, DataType Element)[] Lists =
        [("floats", DataType.Float), ("int64s", DataType.Int64), ("strings", DataType.String)];

    internal static void StringNormalizer(NodeContext node)
    {
        RequireString(node);
        var action = node.Text("case_change_action", "NONE");
        if (action is not ("LOWER" or "UPPER" or "NONE"))
        {
            node.TypeProblem($"has the case_change_action '{action}', but LOWER, UPPER or NONE was expected.");
        }

        // Stop words vanish, and how many there are only a run shows.
        var removes = node.Attribute("stopwords") is { Strings.Count: > 0 };
        node.SetOutput(DataType.String, removes ? node.Input(0)?.Shape?.Select(_ => Dimension.Unknown).ToArray() : node.Input(0)?.Shape);
    }

    internal static void Tokenizer(NodeContext node)
    {
        RequireString(node);
        if (node.Attribute("tokenexp") is null == node.Attribute("separators") is null)
        {
            node.TypeProblem("has both or neither of tokenexp and separators, but exactly one was expected.");
        }

        if (node.Input(0) is not { Shape: { } shape })
        {
            return;
        }

        if (shape.Count is not (1 or 2))
        {
            node.ShapeProblem($"has {TensorType.Format(shape)} as input 0, but one or two dimensions were expected.");
        }

        node.SetOutput(DataType.String, [.. shape, Dimension.Unknown]);
    }

    internal static void LabelEncoder(NodeContext node)
    {
        if (List(node, "keys_") is not { } keys || List(node, "values_") is not { } values)
        {
            return;
        }

        if (keys.Count != values.Count)
        {
            node.ShapeProblem($"has {keys.Count} keys and {values.Count} values, but as many of both were expected.");
        }

        node.RequireElement(0, type => type == keys.Element, ElementTypes.NameOf((int)keys.Element));
        node.SetOutput(values.Element, node.Input(0)?.Shape);
    }

    private static (DataType Element, int Count)? List(NodeContext node, string prefix)
    {
        var found = Lists.Where(list => node.Attribute(prefix + list.Suffix) is not null).ToList();
        if (found is not [var (suffix, element)])
        {
            node.TypeProblem($"has {found.Count} lists of {prefix}, but exactly one was expected.");
            return null;
        }

        var attribute = node.Attribute(prefix + suffix)!;
        return (element, attribute.Floats.Count + attribute.Ints.Count + attribute.Strings.Count);
    }

    private static void RequireString(NodeContext node) => node.RequireElement(0, type => type == DataType.String, "string");
}
