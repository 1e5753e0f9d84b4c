using System.Runtime.InteropServices;

namespace OnnxSentiment.Core;

/// <summary>One tensor of a safetensors file: type, shape and the little-endian values in row-major order.</summary>
/// <param name="Type">The format's name of the element type, for instance <c>F32</c> or <c>U8</c>.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Data">Element count times element size bytes.</param>
/// <exception cref="ArgumentException">The type is unknown, or the data is not of the shape's size.</exception>
public sealed record SafetensorsTensor(string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The format's name for single precision.</summary>
    public const string Float32 = "F32";

    /// <summary>The format's name for unsigned bytes.</summary>
    public const string UInt8 = "U8";

    private static readonly Dictionary<string, int> ElementSizes = new()
    {
        ["C64"] = 8,
        ["F64"] = 8,
        [Float32] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["F8_E4M3"] = 1,
        ["F8_E5M2"] = 1,
        ["F8_E8M0"] = 1,
        ["I64"] = 8,
        ["I32"] = 4,
        ["I16"] = 2,
        ["I8"] = 1,
        ["U64"] = 8,
        ["U32"] = 4,
        ["U16"] = 2,
        [UInt8] = 1,
        ["BOOL"] = 1,
    };

    /// <summary>The values, little-endian, in row-major order.</summary>
    public ReadOnlyMemory<byte> Data { get; init; } = Checked(Type, Shape, Data);

    /// <summary>The names of all types whose elements are whole bytes.</summary>
    internal static IEnumerable<string> KnownTypes => ElementSizes.Keys;

    /// <summary>Makes a single-precision tensor.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static SafetensorsTensor FromFloats(ReadOnlySpan<float> values, IReadOnlyList<long> shape) =>
        new(Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values of a single-precision tensor.</summary>
    /// <exception cref="InvalidInputException">The tensor is of another type.</exception>
    public ReadOnlySpan<float> AsFloats() => Type == Float32
        ? MemoryMarshal.Cast<byte, float>(Data.Span)
        : throw new InvalidInputException(
            $"A tensor is of type {Type}, but {Float32} was expected: convert it before saving.");

    /// <summary>Bytes of one element of a type of the format, or null for an unknown type.</summary>
    internal static int? ElementSize(string type) => ElementSizes.TryGetValue(type, out var size) ? size : null;

    // A tensor that does not fit its own shape would be written as a file that nobody can read.
    private static ReadOnlyMemory<byte> Checked(string type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        var elementSize = ElementSize(type) ?? throw new ArgumentException(
            $"The type '{type}' is unknown; known types: {string.Join(", ", KnownTypes)}.", nameof(type));
        var expected = shape.Aggregate((long)elementSize, (product, dimension) => checked(product * dimension));
        return data.Length == expected && shape.All(dimension => dimension >= 0)
            ? data
            : throw new ArgumentException(
                $"The data has {data.Length} bytes, but {type} [{string.Join(", ", shape)}] takes {expected}.",
                nameof(data));
    }
}
