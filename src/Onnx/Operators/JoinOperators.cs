using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Joining tensors, extending one, and cutting a part out.</summary>
    public const string
        Concat = "Concat",
        Pad = "Pad",
        Slice = "Slice";
}

internal static class JoinOperators
{
    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.Concat, 1..int.MaxValue, InferConcat,
            new AttributeSchema("axis", AttributeType.Int, Required: true)),
        new(Operators.Pad, 2..3, InferPad, new AttributeSchema("mode", AttributeType.String)),
        new(Operators.Slice, 3..5, InferSlice),
    ];

    private static void InferConcat(NodeContext node)
    {
        if (node.Input(0) is not { Shape: { } first } x || node.Axis(node.Int("axis", 0), first.Count) is not { } axis)
        {
            return;
        }

        var expected = first.ToArray();
        expected[axis] = Dimension.Unknown;
        var shapes = new List<IReadOnlyList<Dimension>>();
        for (var i = 0; i < node.InputCount; i++)
        {
            node.RequireSameElement(0, i);
            node.RequireShape(i, expected);
            shapes.Add(node.Input(i)?.Shape is { } shape && shape.Count == first.Count ? shape : expected);
        }

        var joined = first.ToArray();
        var sizes = shapes.Select(shape => shape[axis].Size).ToList();
        joined[axis] = sizes.Contains(null) ? Dimension.Unknown : Dimensions.Sum(sizes.Select(size => size!.Value));
        node.SetOutput(x.Element, joined);
        ConcatSizes(node, x, joined);
    }

    private static void ConcatSizes(NodeContext node, TensorType first, Dimension[] joined)
    {
        var parts = Enumerable.Range(0, node.InputCount).Select(node.SizesInput).ToList();
        if (first is { Element: DataType.Int64, Shape.Count: 1 } && !parts.Contains(null))
        {
            node.SetSizes([.. parts.SelectMany(part => part!)], joined);
        }
    }

    private static void InferPad(NodeContext node)
    {
        node.RequireElement(1, DataType.Int64);
        node.RequireSameElement(0, 2);
        if (node.Input(0) is not { Shape: { } shape } x || node.ConstantInput(1) is not { } pads)
        {
            return;
        }

        if (pads.Length != 2 * shape.Count)
        {
            node.ShapeProblem(
                $"has {pads.Length} pads, but two for each of {TensorType.Format(shape)} were expected.");
            return;
        }

        node.SetOutput(x.Element, [.. shape.Select((size, i) => Padded(size, [pads[i], pads[i + shape.Count]]))]);
    }

    private static Dimension Padded(Dimension size, long[] pads) =>
        pads is [0, 0] ? size
        : size.Size is { } fixedSize && Array.TrueForAll(pads, pad => pad >= 0) ? Dimensions.Sum([fixedSize, .. pads])
        : Dimension.Unknown;

    private static void InferSlice(NodeContext node)
    {
        node.RequireIndex(1);
        if (node.Input(0) is not { Shape: { } shape } x)
        {
            return;
        }

        if (shape.Any(dimension => dimension.Size < 0))
        {
            node.ShapeProblem($"slices {TensorType.Format(shape)}, but sizes from 0 were expected.");
            return;
        }

        var axes = node.HasInput(3)
            ? node.ConstantInput(3)
            : [.. Enumerable.Range(0, shape.Count).Select(i => (long)i)];
        if (axes is null)
        {
            node.SetOutput(x.Element, [.. shape.Select(_ => Dimension.Unknown)]);
            return;
        }

        var steps = node.HasInput(4) ? node.ConstantInput(4) : [.. axes.Select(_ => 1L)];
        SetSliced(node, x, new(axes, node.ConstantInput(1), node.ConstantInput(2), steps));
    }

    private static void SetSliced(NodeContext node, TensorType x, Cuts cuts)
    {
        if (!cuts.AreOfOneLength)
        {
            node.ShapeProblem($"has {cuts}, but as many of each were expected.");
            return;
        }

        var result = x.Shape!.ToArray();
        for (var i = 0; i < cuts.Axes.Length; i++)
        {
            if (node.Axis(cuts.Axes[i], result.Length) is { } axis)
            {
                result[axis] = cuts.Of(i, x.Shape![axis]);
            }
        }

        node.SetOutput(x.Element, result);
        if (x.Sizes is { } sizes && cuts is { Starts: [var start], Ends: [var end], Steps: [1] })
        {
            var (first, last) = (Within(start, sizes.Count), Within(end, sizes.Count));
            node.SetSizes([.. sizes.Skip((int)first).Take((int)Math.Max(0, last - first))], result);
        }
    }

    private static long Within(long position, long size) =>
        Math.Clamp(position < 0 ? position + size : position, 0, size);

    /// <summary>What a slice keeps of each axis; lists that are computed are null.</summary>
    private sealed record Cuts(long[] Axes, long[]? Starts, long[]? Ends, long[]? Steps)
    {
        internal bool AreOfOneLength =>
            !Array.Exists([Starts, Ends, Steps], list => list is not null && list.Length != Axes.Length);

        // Starts and ends count from the end where they are negative, and stay within the dimension.
        internal Dimension Of(int index, Dimension dimension)
        {
            if (Starts is null || Ends is null || Steps is null)
            {
                return Dimension.Unknown;
            }

            var (start, end, step) = (Starts[index], Ends[index], Steps[index]);
            if (step == 1 && start == 0 && end == long.MaxValue)
            {
                return dimension;
            }

            return step == 1 && dimension.Size is { } size
                ? Math.Max(0, Within(end, size) - Within(start, size))
                : Dimension.Unknown;
        }

        public override string ToString() =>
            $"{CountOf(Starts)} starts, {CountOf(Ends)} ends, {Axes.Length} axes and {CountOf(Steps)} steps";

        private static string CountOf(long[]? list) => list is null ? "?" : $"{list.Length}";
    }
}

/// <content>Joining, extending, cutting.</content>
public static partial class GraphExtensions
{
    /// <summary>Joins values along an axis.</summary>
    public static string Concat(this GraphBuilder graph, string name, string[] values, long axis) =>
        graph.Add(name, Operators.Concat, values, Attributes.Int("axis", axis));

    /// <summary>Adds elements at the ends of each dimension.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">What to extend.</param>
    /// <param name="value">What to add, without dimensions.</param>
    /// <param name="pads">How many before each dimension, then how many after each.</param>
    public static string Pad(
        this GraphBuilder graph, string name, string x, string value, params ReadOnlySpan<long> pads) =>
        graph.Add(name, Operators.Pad, [x, graph.Constant(pads), value]);

    /// <summary>Repeats the data beyond its ends, as <see cref="Pad"/> counts them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the result.</param>
    /// <param name="x">What to extend.</param>
    /// <param name="mode"><c>reflect</c> or <c>edge</c>.</param>
    /// <param name="pads">How many before each dimension, then how many after each.</param>
    public static string PadBy(
        this GraphBuilder graph, string name, string x, string mode, params ReadOnlySpan<long> pads) =>
        graph.Add(name, Operators.Pad, [x, graph.Constant(pads)], Attributes.Text("mode", mode));

    /// <summary>The positions from a start to before an end along an axis; negative ones count from the end.</summary>
    public static string Slice(
        this GraphBuilder graph, string name, string x, long axis, long start, long end = long.MaxValue) =>
        graph.Add(name, Operators.Slice, [x, graph.Constant(start), graph.Constant(end), graph.Constant(axis)]);
}
