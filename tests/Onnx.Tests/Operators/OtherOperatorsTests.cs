using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Normalizations and strings.</summary>
public sealed class OtherOperatorsTests
{
    private static readonly TestCaseData[] Sound = Cases(
        ("layer over the last", g => Layer(g, axis: -1, 10), "Float [2, 4, 10]"),
        ("layer over more", g => Layer(g, axis: 1, 4, 10), "Float [2, 4, 10]"),
        ("layer without axis", g => g.Add("y", Operators.LayerNormalization, [X(g, 2, 4), Floats(g, "s", 4)]),
            "Float [2, 4]"),
        ("batch", g => Batch(g, 4, 4), "Float [2, 4, 10]"),
        ("instance", g => g.InstanceNormalization("y", X(g, 2, 4, 10), Floats(g, "s", 4), Floats(g, "t", 4), 1e-5f),
            "Float [2, 4, 10]"),
        ("lower case", g => g.LowerAscii("y", Text(g, "n")), "String [n]"),
        ("tokens", g => g.Tokenize("y", Text(g, "n"), "a+"), "String [n, ?]"),
        ("tokens of a column", g => g.Tokenize("y", Text(g, "n", 1), "a+"), "String [n, 1, ?]"),
        ("ids of words", g => g.LabelEncoder("y", Text(g, "n", 3), ["a", "b"], [1, 2], 0), "Int64 [n, 3]"),
        ("words of ids", g => g.LabelEncoder("y", g.Constant(1, 2, 2), [1, 2], ["a", "b"], ""), "String [3]"),
        ("stop words vanish", g => g.Add(
            "y", Operators.StringNormalizer, [Text(g, 4)], Attributes.Texts("stopwords", ["the"])), "String [?]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("scale of another axis", g => Layer(g, axis: 1, 10), "[10] as input 1"),
        ("shift of another size", g => g.LayerNormalization(
            "y", X(g, 2, 4), Floats(g, "s", 4), Floats(g, "t", 3), axis: -1, 1e-5f), "[3] as input 2"),
        ("mean of the last dimension", g => Batch(g, 10, 4), "[10] as input 3"),
        ("variance of the last dimension", g => Batch(g, 4, 10), "[10] as input 4"),
        ("tokens of numbers", g => g.Tokenize("y", X(g, 4), "a+"), "string was expected"),
        ("keys of another type", g => g.LabelEncoder("y", X(g, 4), ["a"], [1], 0), "string was expected"),
        ("values that are missing", g => g.LabelEncoder("y", Text(g, 4), ["a", "b"], [1], 0), "2 keys and 1 values"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);

    private static string Text(GraphBuilder graph, params Dimension[] shape) =>
        graph.Input("text", DataType.String, shape);

    private static string Layer(GraphBuilder graph, long axis, params long[] scale) =>
        graph.LayerNormalization("y", X(graph, 2, 4, 10), Floats(graph, "s", scale), "", axis, 1e-5f);

    private static string Batch(GraphBuilder graph, long mean, long variance) => graph.BatchNormalization(
        "y", X(graph, 2, 4, 10), Floats(graph, "scale", 4), Floats(graph, "shift", 4), Floats(graph, "mean", mean),
        Floats(graph, "variance", variance), 1e-5f);
}
