using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>What combines the elements along axes.</summary>
    public const string
        ArgMax = "ArgMax",
        LogSoftmax = "LogSoftmax",
        ReduceMax = "ReduceMax",
        ReduceMean = "ReduceMean",
        ReduceSum = "ReduceSum",
        Softmax = "Softmax";
}

internal static class ReductionOperators
{
    /// <summary>From here on <c>ReduceMax</c> and <c>ReduceMean</c> take their axes as an input.</summary>
    internal const int AxesAsInput = 18;

    private static readonly AttributeSchema Axis = new("axis", AttributeType.Int);
    private static readonly AttributeSchema Axes = new("axes", AttributeType.Ints);
    private static readonly AttributeSchema KeepDims = new("keepdims", AttributeType.Int);
    private static readonly AttributeSchema NoopWithEmptyAxes = new("noop_with_empty_axes", AttributeType.Int);

    internal static OperatorDefinition[] All { get; } =
    [
        new(Operators.ArgMax, 1..1, InferArgMax, Axis, KeepDims, new("select_last_index", AttributeType.Int)),
        new(Operators.LogSoftmax, 1..1, InferSoftmax, Axis),
        new(Operators.ReduceMax, 1..1, InferReduce, KeepDims, Axes),
        new(Operators.ReduceMax, 1..2, InferReduce, KeepDims, NoopWithEmptyAxes) { Since = AxesAsInput },
        new(Operators.ReduceMean, 1..1, InferReduce, KeepDims, Axes),
        new(Operators.ReduceMean, 1..2, InferReduce, KeepDims, NoopWithEmptyAxes) { Since = AxesAsInput },
        new(Operators.ReduceSum, 1..2, InferReduce, KeepDims, NoopWithEmptyAxes),
        new(Operators.Softmax, 1..1, InferSoftmax, Axis),
    ];

    private static void InferReduce(NodeContext node)
    {
        node.RequireNumber(0);
        node.RequireElement(1, DataType.Int64);
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        var axes = node.HasInput(1) ? node.ConstantInput(1) : node.Ints("axes") ?? [];
        if (axes is null)
        {
            return;
        }

        var places = axes.Select(axis => node.Axis(axis, shape.Count)).ToHashSet();
        if (axes.Length == 0 && node.Int("noop_with_empty_axes", 0) == 0)
        {
            places = [.. Enumerable.Range(0, shape.Count)];
        }

        node.SetOutput(x.Element, Reduced(node, shape, places));
    }

    private static void InferArgMax(NodeContext node)
    {
        node.RequireNumber(0);
        if (node.Input(0)?.Shape is { } shape && node.Axis(node.Int("axis", 0), shape.Count) is { } axis)
        {
            node.SetOutput(DataType.Int64, Reduced(node, shape, [axis]));
        }
    }

    private static void InferSoftmax(NodeContext node)
    {
        node.RequireReal(0);
        if (node.Input(0)?.Shape is { } shape)
        {
            node.Axis(node.Int("axis", -1), shape.Count);
        }

        node.SetLikeInput();
    }

    private static Dimension[] Reduced(NodeContext node, IReadOnlyList<Dimension> shape, HashSet<int?> places) =>
        node.Int("keepdims", 1) != 0
            ? [.. shape.Select((dimension, i) => places.Contains(i) ? 1 : dimension)]
            : [.. shape.Where((_, i) => !places.Contains(i))];
}

/// <content>Reductions along axes, which disappear from the shape unless they are to stay with size 1.</content>
public static partial class GraphExtensions
{
    /// <summary>Sums along an axis; takes its axes as an input in every supported opset.</summary>
    public static string ReduceSum(this GraphBuilder graph, string name, string x, long axis) =>
        graph.ReduceSum(name, x, [axis], keepDimensions: false);

    /// <summary>Largest values along an axis.</summary>
    public static string ReduceMax(this GraphBuilder graph, string name, string x, long axis) =>
        graph.ReduceMax(name, x, [axis], keepDimensions: false);

    /// <summary>Means along an axis.</summary>
    public static string ReduceMean(this GraphBuilder graph, string name, string x, long axis) =>
        graph.ReduceMean(name, x, [axis], keepDimensions: false);

    /// <summary>Sums along axes.</summary>
    public static string ReduceSum(this GraphBuilder graph, string name, string x, long[] axes, bool keepDimensions) =>
        graph.Add(name, Operators.ReduceSum, [x, graph.Constant(axes)], KeepDimensions(keepDimensions));

    /// <summary>Largest values along axes.</summary>
    public static string ReduceMax(this GraphBuilder graph, string name, string x, long[] axes, bool keepDimensions) =>
        ReduceWithMovedAxes(graph, name, Operators.ReduceMax, x, axes, keepDimensions);

    /// <summary>Means along axes.</summary>
    public static string ReduceMean(this GraphBuilder graph, string name, string x, long[] axes, bool keepDimensions) =>
        ReduceWithMovedAxes(graph, name, Operators.ReduceMean, x, axes, keepDimensions);

    /// <summary>Positions of the largest values along an axis, int64; of equal ones the first.</summary>
    public static string ArgMax(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Add(name, Operators.ArgMax, [x], Attributes.Int("axis", axis), KeepDimensions(false));

    /// <summary>exp(x) over its sum along an axis; since opset 13 along that axis alone, not all that follow.</summary>
    public static string Softmax(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Add(name, Operators.Softmax, [x], Attributes.Int("axis", axis));

    /// <summary>Logarithm of the softmax along an axis.</summary>
    public static string LogSoftmax(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Add(name, Operators.LogSoftmax, [x], Attributes.Int("axis", axis));

    private static string ReduceWithMovedAxes(
        GraphBuilder graph, string name, string op, string x, long[] axes, bool keepDimensions) =>
        graph.Operators.Opset >= ReductionOperators.AxesAsInput
            ? graph.Add(name, op, [x, graph.Constant(axes)], KeepDimensions(keepDimensions))
            : graph.Add(name, op, [x], Attributes.Ints("axes", axes), KeepDimensions(keepDimensions));

    private static Proto.AttributeProto KeepDimensions(bool keep) => Attributes.Int("keepdims", keep ? 1 : 0);
}
