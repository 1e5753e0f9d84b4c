using System.Buffers.Binary;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>What a rule of inference sees of one node, and where it says what it found.</summary>
internal sealed class NodeContext(
    NodeProto node,
    string place,
    Dictionary<string, TensorType> types,
    IReadOnlyDictionary<string, TensorProto> constants,
    ProblemList problems)
{
    internal int InputCount => node.Input.Count;

    /// <summary>What a message calls a node: its name, or its place in the graph where it has none.</summary>
    internal static string PlaceOf(NodeProto node, int index) =>
        node.Name.Length > 0 ? $"node '{node.Name}' ({node.OpType})" : $"node {index} ({node.OpType})";

    /// <summary>The type of an input, or null where it is left out or unknown.</summary>
    internal TensorType? Input(int index) =>
        index < node.Input.Count ? types.GetValueOrDefault(node.Input[index]) : null;

    internal bool HasInput(int index) => index < node.Input.Count && node.Input[index].Length > 0;

    /// <summary>The values of an int64 input that is a constant; null where it is computed or left out.</summary>
    internal long[]? ConstantInput(int index)
    {
        if (!HasInput(index) || !constants.TryGetValue(node.Input[index], out var tensor)
            || tensor.DataType != (int)DataType.Int64)
        {
            return null;
        }

        if (!tensor.HasRawData)
        {
            return [.. tensor.Int64Data];
        }

        var values = new long[tensor.RawData.Length / sizeof(long)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(tensor.RawData.Span[(i * sizeof(long))..]);
        }

        return values;
    }

    /// <summary>What an input holds that is a constant or was computed from shapes; null for any other.</summary>
    internal IReadOnlyList<Dimension>? SizesInput(int index) =>
        ConstantInput(index) is { } values ? [.. values.Select(value => (Dimension)value)] : Input(index)?.Sizes;

    internal AttributeProto? Attribute(string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    internal long[]? Ints(string name) => Attribute(name)?.Ints.ToArray();

    internal long Int(string name, long otherwise) => Attribute(name)?.I ?? otherwise;

    internal string Text(string name, string otherwise) => Attribute(name)?.S.ToStringUtf8() ?? otherwise;

    internal void SetOutput(DataType element, IReadOnlyList<Dimension>? shape, int index = 0)
    {
        if (index < node.Output.Count && node.Output[index].Length > 0)
        {
            types[node.Output[index]] = new TensorType(element, shape);
        }
    }

    /// <summary>An output of the type and shape of the first input.</summary>
    internal void SetLikeInput()
    {
        if (Input(0) is { } x)
        {
            SetOutput(x.Element, x.Shape);
        }
    }

    /// <summary>An output in the shape to which inputs broadcast; reports those that do not.</summary>
    internal void SetBroadcast(DataType? element, params ReadOnlySpan<int> inputs)
    {
        if (element is not { } type)
        {
            return;
        }

        IReadOnlyList<Dimension>? shape = [];
        foreach (var input in inputs)
        {
            var next = Input(input)?.Shape;
            if (shape is null || next is null)
            {
                shape = null;
                continue;
            }

            var joined = Dimensions.Broadcast(shape, next);
            if (joined is null)
            {
                ShapeProblem(
                    $"has {TensorType.Format(next)} as input {input}, but a shape that broadcasts with " +
                    $"{TensorType.Format(shape)} was expected.");
            }

            shape = joined;
        }

        SetOutput(type, shape);
    }

    /// <summary>An output that holds sizes; those of a scalar are one.</summary>
    internal void SetSizes(IReadOnlyList<Dimension> sizes, IReadOnlyList<Dimension> shape)
    {
        if (node.Output is [{ Length: > 0 } output, ..])
        {
            types[output] = new TensorType(DataType.Int64, shape, sizes);
        }
    }

    internal void TypeProblem(string message) => problems.Type($"{place} {message}");

    internal void ShapeProblem(string message) => problems.Shape($"{place} {message}");

    /// <summary>Reports an input whose elements are of no suitable type; one that is left out is suitable.</summary>
    internal void RequireElement(int index, Func<DataType, bool> suits, string expected)
    {
        if (Input(index) is { } type && !suits(type.Element))
        {
            TypeProblem($"has {type} as input {index}, but {expected} was expected.");
        }
    }

    internal void RequireElement(int index, DataType expected) =>
        RequireElement(index, type => type == expected, ElementTypes.NameOf((int)expected));

    internal void RequireNumber(int index) => RequireElement(index, ElementTypes.IsNumber, "a number");

    internal void RequireReal(int index) => RequireElement(index, ElementTypes.IsReal, "a real number");

    internal void RequireIndex(int index) => RequireElement(index, ElementTypes.IsIndex, "int32 or int64");

    /// <summary>Reports inputs whose elements differ in type.</summary>
    internal void RequireSameElement(int first, int second)
    {
        if (Input(first) is { } a && Input(second) is { } b && a.Element != b.Element)
        {
            TypeProblem(
                $"has {b} as input {second}, but elements of type {ElementTypes.NameOf((int)a.Element)}, as in input " +
                $"{first}, were expected.");
        }
    }

    /// <summary>
    /// Reports an input whose shape contradicts the expected one; unknown dimensions contradict nothing.
    /// </summary>
    internal void RequireShape(int index, params ReadOnlySpan<Dimension> expected)
    {
        var shape = Input(index)?.Shape;
        if (shape is not null && !Dimensions.Agree(shape, expected.ToArray()))
        {
            ShapeProblem(
                $"has {TensorType.Format(shape)} as input {index}, but {TensorType.Format(expected.ToArray())} was " +
                "expected.");
        }
    }

    /// <summary>Reports an axis outside the rank and returns it counted from the front, or null.</summary>
    internal int? Axis(long axis, int rank)
    {
        if (axis < -rank || axis >= rank)
        {
            ShapeProblem($"has the axis {axis}, but one between {-rank} and {rank - 1} was expected.");
            return null;
        }

        return (int)(axis < 0 ? axis + rank : axis);
    }
}
