using OnnxSentiment.Core;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>What the rule of an operator says of one node. Sizes differ from dimension to dimension.</summary>
internal static class NodeRule
{
    internal static TestCaseData[] Cases(
        params (string Name, Func<GraphBuilder, string> Add, string Expected)[] rows) =>
        [.. rows.Select(row => new TestCaseData(row.Add, row.Expected).SetArgDisplayNames(row.Name))];

    /// <summary>Checks type and shape of the value that is added, for instance <c>Float [batch, 4]</c>.</summary>
    internal static void AssertGives(Func<GraphBuilder, string> add, string expected)
    {
        var graph = Builder();
        var y = add(graph);
        Assert.That($"{graph.ElementOf(y)} {TensorType.Format(graph.ShapeOf(y))}", Is.EqualTo(expected));
        if (graph.ShapeOf(y) is { } shape)
        {
            graph.Output(y, graph.ElementOf(y)!.Value, [.. shape]);
            Assert.That(StructureCheck.Check(Models.Create(graph, "1", "")).ToText(), Is.EqualTo("structure: sound"));
        }
    }

    internal static void AssertRefuses(Func<GraphBuilder, string> add, string words) => Assert.That(
        () => add(Builder()), Throws.TypeOf<InvalidInputException>().With.Message.Contains(words));

    internal static string X(GraphBuilder graph, params Dimension[] shape) => graph.Input("x", DataType.Float, shape);

    internal static string Floats(GraphBuilder graph, string name, params long[] shape) => graph.Initializer(
        Tensors.Float(name, shape, new float[shape.Aggregate(1L, (product, size) => product * size)]));

    private static GraphBuilder Builder() => new("g", Operators.At(Opset.Default));
}
