using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>What the builder knows of types and shapes while a graph grows, and which nodes it refuses.</summary>
public sealed class ShapeTests
{
    private static readonly Dimension[] Line = ["batch", 4, 10];
    private static readonly Dimension[] DynamicLine = ["batch", 4, "length"];

    private static readonly (string Name, Func<GraphBuilder, string> Add, string Shape)[] Shapes =
    [
        ("convolution", g => Conv(g, Line, kernel: 3, stride: 1, pad: 0), "batch, 6, 8"),
        ("convolution that keeps the size",
            g => Conv(g, DynamicLine, kernel: 3, stride: 1, pad: 1), "batch, 6, length"),
        ("convolution over any size", g => Conv(g, DynamicLine, kernel: 3, stride: 2, pad: 1), "batch, 6, ?"),
        ("convolution with a stride", g => Conv(g, Line, kernel: 3, stride: 4, pad: 1), "batch, 6, 3"),
        ("pool that rounds down", g => Pool(g, Line, kernel: 3, stride: 2, ceil: false), "batch, 4, 4"),
        ("pool that rounds up", g => Pool(g, Line, kernel: 3, stride: 2, ceil: true), "batch, 4, 5"),
        ("pool whose last window would start after the data",
            g => Pool(g, ["batch", 4, 5], kernel: 1, stride: 3, ceil: true), "batch, 4, 2"),
        ("slice of a known size", g => g.Slice("y", X(g, Line), axis: 2, 1, -2), "batch, 4, 7"),
        ("slice beyond the end", g => g.Slice("y", X(g, Line), axis: -1, 8, 99), "batch, 4, 2"),
        ("slice of any size", g => g.Slice("y", X(g, DynamicLine), axis: 2, 1), "batch, 4, ?"),
        ("slice of everything", g => g.Slice("y", X(g, DynamicLine), axis: 2, 0), "batch, 4, length"),
        ("reshape to a shape that is computed",
            g => g.ReshapeTo("y", g.Reshape("flat", X(g, DynamicLine), 0, -1), g.Shape("s", "x")), "batch, 4, length"),
        ("expand to a shape that is computed",
            g => g.ExpandTo(
                "y", g.Initializer(Tensors.Float("one", [1, 1], [1])), g.Shape("s", X(g, "batch", "length"))),
            "batch, length"),
        ("range to a size below zero", g => g.RangeTo("y", g.Scalar(-3L)), "0"),
        ("range to a size", g => g.RangeTo("y", g.SizeOf("n", X(g, DynamicLine), axis: 2)), "length"),
        ("means that stay", g => g.ReduceMean("y", X(g, DynamicLine), [1, 2], keepDimensions: true), "batch, 1, 1"),
    ];

    private static readonly (string Name, Func<GraphBuilder, string> Add, string Words)[] Refusals =
    [
        ("channels of a convolution",
            g => Conv(g, ["batch", 5, 10], kernel: 3, stride: 1, pad: 0), "as many dimensions and channels"),
        ("window larger than the data",
            g => Conv(g, ["batch", 4, 2], kernel: 3, stride: 1, pad: 0), "at least one place"),
        ("window of other dimensions",
            g => Pool(g, ["batch", 4], kernel: 3, stride: 1, ceil: false), "as many more were expected"),
        ("statistics of other channels", g => Batch(g, channels: 3), "as input 1"),
        ("normalised size",
            g => g.LayerNormalization("y", X(g, Line), g.Initializer(Vector("w", 9)), "", -1, 1e-5f), "as input 1"),
        ("normalisation of a vector", g => Batch(g, 4, "batch"), "a batch and channels"),
        ("slopes of other channels",
            g => g.PRelu("y", X(g, Line), g.Initializer(Tensors.Float("w", [3, 1], new float[3]))), "broadcasts to"),
        ("error function of whole numbers", g => g.Erf("y", g.Input("x", DataType.Int64, "n")), "a real number"),
        ("comparison of two types", g => g.Less("y", X(g, Line), g.Scalar(1L)), "elements of type float"),
        ("expansion of a size", g => g.ExpandTo("y", X(g, Line), g.Constant(1, 3, 10)), "of 1 or of the same size"),
        ("expansion to a size below zero", g => g.ExpandTo("y", X(g, "batch", 1), g.Constant(1, -5)), "sizes from 0"),
        ("starts that are too many",
            g => Slice(g, Line, g.Constant(0, 0), g.Constant(1), g.Constant(2)), "2 starts, 1 ends, 1 axes"),
        ("ends that are too few",
            g => Slice(g, Line, g.Constant(0, 0), g.Constant(1), g.Constant(1, 2)), "2 starts, 1 ends, 2 axes"),
        ("axes that are too many",
            g => Slice(g, Line, g.Constant(0), g.Constant(1), g.Constant(1, 2)), "1 starts, 1 ends, 2 axes"),
        ("axes left out", g => Slice(g, Line, g.Constant(0), g.Constant(1)), "1 starts, 1 ends, 3 axes"),
        ("steps that are too few",
            g => Slice(g, Line, g.Constant(0, 0), g.Constant(1, 1), g.Constant(1, 2), g.Constant(1)), "1 steps"),
        ("slice of a size below zero", g => g.Slice("y", X(g, "batch", -1), axis: 1, 0, 1), "sizes from 0"),
        ("axis to slice", g => g.Slice("y", X(g, Line), axis: 3, 0), "axis 3"),
        ("axis of a softmax", g => g.LogSoftmax("y", X(g, Line), axis: 3), "axis 3"),
    ];

    private static IEnumerable<TestCaseData> ShapeCases() =>
        Shapes.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    private static IEnumerable<TestCaseData> RefusalCases() =>
        Refusals.Select((c, i) => new TestCaseData(i).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(ShapeCases))]
    public void ShapeOf_Node_FollowsFromItsInputs(int index)
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        var y = Shapes[index].Add(graph);
        Assert.That(string.Join(", ", graph.ShapeOf(y)!), Is.EqualTo(Shapes[index].Shape));
        Assert.That(Validation(graph, y), Is.Empty, "the check of a finished graph agrees");
    }

    [TestCaseSource(nameof(RefusalCases))]
    public void Add_NodeThatDoesNotFit_Refused(int index)
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        Assert.That(
            () => Refusals[index].Add(graph),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(Refusals[index].Words));
    }

    [Test]
    public void Add_ShapeWhoseOutputIsLeftOut_Taken()
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        Assert.That(graph.Add("y", Operators.Shape, [X(graph, Line)], [""]), Is.EqualTo([""]));
    }

    [Test]
    public void ShapeOf_ValueThatDoesNotExist_Throws() =>
        Assert.Throws<ArgumentException>(() => new GraphBuilder("g", Operators.At(Opset.Default)).ShapeOf("nothing"));

    [Test]
    public void MergeConstants_EqualOnes_TheFirstIsLeft()
    {
        var graph = new GraphBuilder("g", Operators.At(Opset.Default));
        var a = graph.Initializer(Tensors.Float("a", [2], [1, 2]));
        var b = graph.Initializer(Tensors.Float("b", [2], [1, 2]));
        graph.Initializer(Tensors.Float("c", [2, 1], [1, 2]));
        graph.Add("y", a, b);
        graph.MergeConstants();
        var built = graph.Build();
        Assert.That(built.Initializer.Select(tensor => tensor.Name), Is.EqualTo((string[])["a", "c"]));
        Assert.That(built.Node.Single().Input, Is.EqualTo((string[])["a", "a"]));
    }

    private static string Validation(GraphBuilder graph, string y)
    {
        graph.Output(y, graph.ElementOf(y)!.Value, [.. graph.ShapeOf(y)!]);
        var model = Models.Create(graph, "1", "");
        return string.Join('\n', StructureCheck.Check(model).Problems.Select(problem => problem.Message));
    }

    private static string X(GraphBuilder graph, params Dimension[] shape) => graph.Input("x", DataType.Float, shape);

    private static string Slice(GraphBuilder graph, Dimension[] shape, params string[] lists) =>
        graph.Add("y", Operators.Slice, [X(graph, shape), .. lists]);

    private static string Conv(GraphBuilder graph, Dimension[] shape, long kernel, long stride, long pad)
    {
        var weights = graph.Initializer(Tensors.Float("w", [6, 4, kernel], new float[24 * kernel]));
        return graph.Conv("y", X(graph, shape), weights, "", new([kernel], [stride], [pad, pad], [1]), groups: 1);
    }

    private static string Pool(GraphBuilder graph, Dimension[] shape, long kernel, long stride, bool ceil) =>
        graph.MaxPool("y", X(graph, shape), new([kernel], [stride], [0, 0], [1]), ceil);

    private static string Batch(GraphBuilder graph, int channels, params Dimension[] shape)
    {
        string[] vectors = [.. ((string[])["scale", "shift", "mean", "variance"])
            .Select(name => graph.Initializer(Vector(name, channels)))];
        var x = X(graph, shape.Length == 0 ? Line : shape);
        return graph.BatchNormalization("y", x, vectors[0], vectors[1], vectors[2], vectors[3], 1e-5f);
    }

    private static TensorProto Vector(string name, int size) => Tensors.Float(name, [size], new float[size]);
}
