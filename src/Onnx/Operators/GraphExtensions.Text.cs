namespace OnnxSentiment.Onnx;

/// <content>Operators on strings.</content>
public static partial class GraphExtensions
{
    /// <summary>
    /// ASCII letters in lower case. The locale is C: the operator's default, en_US, is missing on small machines, where
    /// the file would not load, and would lower other letters too.
    /// </summary>
    public static string LowerAscii(this GraphBuilder graph, string name, string x) => graph.Add(
        name, Operators.StringNormalizer, [x], Attributes.Text("case_change_action", "LOWER"), Attributes.Text("locale", "C"));

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
        this GraphBuilder graph, string name, string x, IEnumerable<string> keys, ReadOnlySpan<long> values, long otherwise) =>
        graph.Add(
            name,
            Operators.LabelEncoder,
            [x],
            Attributes.Int("default_int64", otherwise),
            Attributes.Texts("keys_strings", keys),
            Attributes.Ints("values_int64s", values));

    /// <summary>The string of each number; <paramref name="otherwise"/> for one that is not among the keys.</summary>
    public static string LabelEncoder(
        this GraphBuilder graph, string name, string x, ReadOnlySpan<long> keys, IEnumerable<string> values, string otherwise) =>
        graph.Add(
            name,
            Operators.LabelEncoder,
            [x],
            Attributes.Text("default_string", otherwise),
            Attributes.Ints("keys_int64s", keys),
            Attributes.Texts("values_strings", values));
}
