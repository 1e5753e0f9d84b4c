namespace OnnxSentiment.Onnx;

/// <content>Operators that compute with positions and sizes.</content>
public static partial class GraphExtensions
{
    /// <summary>a - b, broadcast.</summary>
    public static string Sub(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Sub, [a, b]);

    /// <summary>The smaller of a and b, broadcast.</summary>
    public static string Min(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Min, [a, b]);

    /// <summary>The larger of a and b, broadcast.</summary>
    public static string Max(this GraphBuilder graph, string name, string a, string b) => graph.Add(name, Operators.Max, [a, b]);

    /// <summary>Whether a ≥ b, broadcast.</summary>
    public static string GreaterOrEqual(this GraphBuilder graph, string name, string a, string b) =>
        graph.Add(name, Operators.GreaterOrEqual, [a, b]);

    /// <summary>The size of one dimension, int64 without dimensions.</summary>
    public static string SizeOf(this GraphBuilder graph, string name, string x, long axis) =>
        graph.Gather(name, graph.Add($"{name}/shape", Operators.Shape, [x]), graph.Scalar(axis));

    /// <summary>0, 1, 2 … below a limit, int64.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="limit">int64 without dimensions.</param>
    public static string RangeTo(this GraphBuilder graph, string name, string limit) =>
        graph.Add(name, Operators.Range, [graph.Scalar(0L), limit, graph.Scalar(1L)]);

    /// <summary>Row by row, the elements of a matrix at the columns that a matrix of indices names.</summary>
    public static string GatherColumns(this GraphBuilder graph, string name, string data, string indices) =>
        graph.Add(name, Operators.GatherElements, [data, indices], Attributes.Int("axis", 1));

    /// <summary>Adds elements at the ends of each dimension.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">What to extend.</param>
    /// <param name="value">What to add, without dimensions.</param>
    /// <param name="pads">How many before each dimension, then how many after each.</param>
    public static string Pad(this GraphBuilder graph, string name, string x, string value, params ReadOnlySpan<long> pads) =>
        graph.Add(name, Operators.Pad, [x, graph.Constant(pads), value]);

    /// <summary>Repeats the data beyond its ends, as <see cref="Pad"/> counts them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">What to extend.</param>
    /// <param name="mode"><c>reflect</c> or <c>edge</c>.</param>
    /// <param name="pads">How many before each dimension, then how many after each.</param>
    public static string PadBy(this GraphBuilder graph, string name, string x, string mode, params ReadOnlySpan<long> pads) =>
        graph.Add(name, Operators.Pad, [x, graph.Constant(pads)], Attributes.Text("mode", mode));

    /// <summary>Removes dimensions of size 1.</summary>
    public static string Squeeze(this GraphBuilder graph, string name, string x, params ReadOnlySpan<long> axes) =>
        graph.Add(name, Operators.Squeeze, [x, graph.Constant(axes)]);
}
