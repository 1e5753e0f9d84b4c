namespace OnnxSentiment.Onnx;

/// <content>Reductions along axes, which disappear from the shape unless they are to stay with size 1.</content>
public static partial class GraphExtensions
{
    /// <summary>Sums along an axis; takes its axes as an input in every supported opset.</summary>
    public static string ReduceSum(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Add(name, Operators.ReduceSum, [x, graph.Constant([axis])], KeepDimensions(false));

    /// <summary>Largest values along an axis.</summary>
    public static string ReduceMax(this GraphBuilder graph, string name, string x, long axis) =>
        ReduceWithMovedAxes(graph, name, Operators.ReduceMax, x, [axis], keepDimensions: false);

    /// <summary>Means along an axis.</summary>
    public static string ReduceMean(this GraphBuilder graph, string name, string x, long axis) =>
        ReduceWithMovedAxes(graph, name, Operators.ReduceMean, x, [axis], keepDimensions: false);

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
        graph.Opset >= Opset.ReduceAxesAsInput
            ? graph.Add(name, op, [x, graph.Constant(axes)], KeepDimensions(keepDimensions))
            : graph.Add(name, op, [x], Attributes.Ints("axes", axes), KeepDimensions(keepDimensions));

    private static Proto.AttributeProto KeepDimensions(bool keep) => Attributes.Int("keepdims", keep ? 1 : 0);
}
