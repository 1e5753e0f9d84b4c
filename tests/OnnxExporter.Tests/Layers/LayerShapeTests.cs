using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.Tests;

/// <summary>The shapes that layers give, also where sizes are known only when the model runs.</summary>
public sealed class LayerShapeTests
{
    private static readonly Dimension[] Line = ["batch", 4, 10];
    private static readonly Dimension[] DynamicLine = ["batch", 4, "length"];

    private static readonly (string Name, Func<GraphBuilder, string> Add, string Shape)[] Shapes =
    [
        ("flatten before a dynamic size", g => Reshaping.AddFlatten(g, "y", X(g, DynamicLine), 0, 1), "?, length"),
        ("unflatten before a dynamic size", g => Reshaping.AddUnflatten(g, "y", X(g, DynamicLine), 1, [2, 2]),
            "batch, 2, 2, length"),
        ("flatten of fixed sizes", g => Reshaping.AddFlatten(g, "y", X(g, Line), 1, 2), "batch, 40"),
        ("product over steps",
            g => LinearLayer.Add(g, "y", Tensors.Float("w", [5, 10], new float[50]), null, X(g, Line)),
            "batch, 4, 5"),
        ("groups of channels", g => Normalization.AddGroup(g, "y", new(null, null, 1e-5), 2, X(g, DynamicLine)),
            "batch, 4, length"),
        ("mean over all positions", g => WindowPooling.AddGlobalMean(g, "y", 1, X(g, DynamicLine)), "batch, 4, 1"),
        ("means of windows of equal length", g => WindowPooling.AddAdaptiveMean(g, "y", [10], [5], X(g, Line)),
            "batch, 4, 5"),
        ("means of windows that overlap", g => WindowPooling.AddAdaptiveMean(g, "y", [10], [3], X(g, Line)),
            "batch, 4, 3"),
    ];

    private static IEnumerable<TestCaseData> ShapeCases() =>
        Shapes.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(ShapeCases))]
    public void Add_Layer_HasTheShape(int index)
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        var y = Shapes[index].Add(graph);
        Assert.That(string.Join(", ", graph.ShapeOf(y)!), Is.EqualTo(Shapes[index].Shape));
    }

    [TestCase(16, false)]
    [TestCase(17, true)]
    public void AddLayer_Opset_SpelledOutWhereTheOperatorIsMissing(int opset, bool hasOperator)
    {
        var graph = new GraphBuilder("g", Operators.At(opset));
        Normalization.AddLayer(graph, "y", new(Tensors.Float("w", [10], new float[10]), null, 1e-5), X(graph, Line));
        Assert.That(
            graph.Build().Node.Any(node => node.OpType == Operators.LayerNormalization), Is.EqualTo(hasOperator));
    }

    private static string X(GraphBuilder graph, params Dimension[] shape) => graph.Input("x", DataType.Float, shape);
}
