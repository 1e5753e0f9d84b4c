using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The values of one input or output of a graph. The arrays are not copied: do not change them afterwards.
/// </summary>
public sealed class NamedTensor
{
    private static readonly Dictionary<Type, DataType> Types = new()
    {
        [typeof(float)] = DataType.Float,
        [typeof(double)] = DataType.Double,
        [typeof(long)] = DataType.Int64,
        [typeof(int)] = DataType.Int32,
        [typeof(bool)] = DataType.Bool,
        [typeof(string)] = DataType.String,
        [typeof(Half)] = DataType.Float16,
        [typeof(BFloat16)] = DataType.Bfloat16,
        [typeof(sbyte)] = DataType.Int8,
        [typeof(byte)] = DataType.Uint8,
        [typeof(short)] = DataType.Int16,
        [typeof(ushort)] = DataType.Uint16,
        [typeof(uint)] = DataType.Uint32,
        [typeof(ulong)] = DataType.Uint64,
    };

    /// <summary>Puts values into a shape.</summary>
    /// <param name="name">The name of the graph's input or output.</param>
    /// <param name="shape">The sizes, the slowest dimension first; none for a scalar.</param>
    /// <param name="values">
    /// The elements row by row: an array of <see cref="float"/>, <see cref="double"/>, <see cref="Half"/>,
    /// <see cref="BFloat16"/>, <see cref="bool"/>, <see cref="string"/>, or integers of 8 to 64 bits.
    /// </param>
    /// <exception cref="ArgumentException">The elements are of another type, or do not fill the shape.</exception>
    public NamedTensor(string name, IReadOnlyList<long> shape, Array values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        (Name, Shape, Values) = (name, shape, values);
        ElementType = Types.TryGetValue(values.GetType().GetElementType()!, out var type)
            ? type
            : throw new ArgumentException(
                $"'{name}' has elements of {values.GetType().GetElementType()}, but {Known} were expected.",
                nameof(values));
        if (Dimensions.Product(shape) != values.Length)
        {
            throw new ArgumentException(
                $"'{name}' has {values.Length} values, which do not fill its shape [{string.Join(", ", shape)}].",
                nameof(values));
        }
    }

    /// <summary>The name of the graph's input or output.</summary>
    public string Name { get; }

    /// <summary>The sizes, the slowest dimension first; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements row by row, an array of the element type.</summary>
    public Array Values { get; }

    /// <summary>The standard's name of the element type, for instance <c>float</c> or <c>int64</c>.</summary>
    public string TypeName => ElementTypes.NameOf((int)ElementType);

    /// <summary>Whether the elements do not round: all but floating-point numbers.</summary>
    public bool IsExact => !ElementTypes.IsReal(ElementType);

    internal DataType ElementType { get; }

    private static string Known => string.Join(", ", Types.Keys.Select(type => type.Name));

    /// <summary>The elements as numbers, Booleans as 0 and 1.</summary>
    /// <exception cref="InvalidOperationException">They are strings.</exception>
    public double[] ToDoubles() => Values switch
    {
        float[] values => Array.ConvertAll(values, value => (double)value),
        double[] values => [.. values],
        bool[] values => Array.ConvertAll(values, value => value ? 1.0 : 0.0),
        Half[] values => Array.ConvertAll(values, value => (double)value),
        BFloat16[] values => Array.ConvertAll(values, value => (double)(float)value),
        // By the element type: the runtime takes an array of signed integers for one of unsigned ones too.
        _ => Integers() ?? throw new InvalidOperationException($"'{Name}' holds strings, which are no numbers."),
    };

    /// <summary>The values of a constant.</summary>
    /// <exception cref="InvalidInputException">
    /// Its elements are of a type that is not taken here, lie in another file, or do not fill its shape.
    /// </exception>
    public static NamedTensor FromProto(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return TensorFile.ToNamed(tensor, $"The constant '{tensor.Name}'");
    }

    /// <summary>The indices of an element, for messages: <c>[1, 0, 4]</c>.</summary>
    /// <param name="position">The element's place in <see cref="Values"/>.</param>
    public string PlaceOf(int position)
    {
        var place = new long[Shape.Count];
        long rest = position;
        for (var i = Shape.Count - 1; i >= 0; i--)
        {
            (rest, place[i]) = Math.DivRem(rest, Shape[i]);
        }

        return $"[{string.Join(", ", place)}]";
    }

    private double[]? Integers() => ElementType switch
    {
        DataType.Int64 => Array.ConvertAll((long[])Values, value => (double)value),
        DataType.Int32 => Array.ConvertAll((int[])Values, value => (double)value),
        DataType.Int16 => Array.ConvertAll((short[])Values, value => (double)value),
        DataType.Int8 => Array.ConvertAll((sbyte[])Values, value => (double)value),
        DataType.Uint64 => Array.ConvertAll((ulong[])Values, value => (double)value),
        DataType.Uint32 => Array.ConvertAll((uint[])Values, value => (double)value),
        DataType.Uint16 => Array.ConvertAll((ushort[])Values, value => (double)value),
        DataType.Uint8 => Array.ConvertAll((byte[])Values, value => (double)value),
        _ => null,
    };
}
