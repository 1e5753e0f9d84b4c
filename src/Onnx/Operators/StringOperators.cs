using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>
    /// Changing the case of strings, cutting them into tokens (of <see cref="Domains.Microsoft"/>), and looking them or
    /// numbers up in a table (of <see cref="Domains.MachineLearning"/>).
    /// </summary>
    public const string
        LabelEncoder = "LabelEncoder",
        StringNormalizer = "StringNormalizer",
        Tokenizer = "Tokenizer";
}

/// <summary>
/// The signature of <c>Tokenizer</c> is from ONNX Runtime's page of its own operators (docs/ContribOperators.md in its
/// repository).
/// </summary>
internal static class StringOperators
{
    private static readonly (string Suffix, DataType Element)[] Lists =
        [("floats", DataType.Float), ("int64s", DataType.Int64), ("strings", DataType.String)];

    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.LabelEncoder, 1..1, InferLabelEncoder,
            new("default_float", AttributeType.Float), new("default_int64", AttributeType.Int),
            new("default_string", AttributeType.String), new("keys_floats", AttributeType.Floats),
            new("keys_int64s", AttributeType.Ints), new("keys_strings", AttributeType.Strings),
            new("values_floats", AttributeType.Floats), new("values_int64s", AttributeType.Ints),
            new("values_strings", AttributeType.Strings)) { Domain = Domains.MachineLearning },
        new(
            Operators.StringNormalizer, 1..1, InferStringNormalizer,
            new("case_change_action", AttributeType.String), new("is_case_sensitive", AttributeType.Int),
            new("locale", AttributeType.String), new("stopwords", AttributeType.Strings)),
        new(
            Operators.Tokenizer, 1..1, InferTokenizer,
            new("mark", AttributeType.Int, Required: true), new("mincharnum", AttributeType.Int, Required: true),
            new("pad_value", AttributeType.String, Required: true), new("separators", AttributeType.Strings),
            new("tokenexp", AttributeType.String)) { Domain = Domains.Microsoft },
    ];

    private static void InferStringNormalizer(NodeContext node)
    {
        node.RequireElement(0, DataType.String);
        var action = node.Text("case_change_action", "NONE");
        if (action is not ("LOWER" or "UPPER" or "NONE"))
        {
            node.TypeProblem($"has the case_change_action '{action}', but LOWER, UPPER or NONE was expected.");
        }

        // Stop words vanish, and how many there are only a run shows.
        var removes = node.Attribute("stopwords") is { Strings.Count: > 0 };
        var shape = node.Input(0)?.Shape;
        node.SetOutput(DataType.String, removes ? shape?.Select(_ => Dimension.Unknown).ToArray() : shape);
    }

    private static void InferTokenizer(NodeContext node)
    {
        node.RequireElement(0, DataType.String);
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

    private static void InferLabelEncoder(NodeContext node)
    {
        if (List(node, "keys_") is not { } keys || List(node, "values_") is not { } values)
        {
            return;
        }

        if (keys.Count != values.Count)
        {
            node.ShapeProblem(
                $"has {keys.Count} keys and {values.Count} values, but as many of both were expected.");
        }

        node.RequireElement(0, keys.Element);
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
}

/// <content>Operators on strings.</content>
public static partial class GraphExtensions
{
    /// <summary>
    /// ASCII letters in lower case. The locale is C: the operator's default, en_US, is missing on small machines, where
    /// the file would not load, and would lower other letters too.
    /// </summary>
    public static string LowerAscii(this GraphBuilder graph, string name, string x) => graph.Add(
        name,
        Operators.StringNormalizer,
        [x],
        Attributes.Text("case_change_action", "LOWER"),
        Attributes.Text("locale", "C"));

    /// <summary>
    /// The parts of each string that match a pattern, in a new last dimension as long as the most of them; shorter rows
    /// end in empty strings.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">Strings.</param>
    /// <param name="pattern">What a token is, in the syntax of RE2.</param>
    public static string Tokenize(this GraphBuilder graph, string name, string x, string pattern) => graph.Add(
        name,
        Operators.Tokenizer,
        [x],
        Attributes.Int("mark", 0),
        Attributes.Int("mincharnum", 1),
        Attributes.Text("pad_value", ""),
        Attributes.Text("tokenexp", pattern));

    /// <summary>The number of each string; <paramref name="otherwise"/> for one that is not among the keys.</summary>
    public static string LabelEncoder(
        this GraphBuilder graph, string name, string x, IEnumerable<string> keys, ReadOnlySpan<long> values,
        long otherwise) =>
        graph.Add(
            name,
            Operators.LabelEncoder,
            [x],
            Attributes.Int("default_int64", otherwise),
            Attributes.Texts("keys_strings", keys),
            Attributes.Ints("values_int64s", values));

    /// <summary>The string of each number; <paramref name="otherwise"/> for one that is not among the keys.</summary>
    public static string LabelEncoder(
        this GraphBuilder graph, string name, string x, ReadOnlySpan<long> keys, IEnumerable<string> values,
        string otherwise) =>
        graph.Add(
            name,
            Operators.LabelEncoder,
            [x],
            Attributes.Text("default_string", otherwise),
            Attributes.Ints("keys_int64s", keys),
            Attributes.Texts("values_strings", values));
}
