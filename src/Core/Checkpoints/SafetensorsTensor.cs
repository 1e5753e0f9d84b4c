using System.Runtime.InteropServices;

namespace OnnxSentiment.Core.Checkpoints;

/// <summary>One tensor of a safetensors file: type, shape and the little-endian values in row-major order.</summary>
/// <param name="Type">The format's name of the element type, for instance <c>F32</c> or <c>U8</c>.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Data">Element count times element size bytes.</param>
public sealed record SafetensorsTensor(string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The format's name for single precision.</summary>
    public const string Float32 = "F32";

    /// <summary>The format's name for unsigned bytes.</summary>
    public const string UInt8 = "U8";

    private static readonly Dictionary<string, int> ElementSizes = new()
    {
        ["F64"] = 8,
        [Float32] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["F8_E4M3"] = 1,
        ["F8_E5M2"] = 1,
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

    /// <summary>Makes a single-precision tensor.</summary>
    public static SafetensorsTensor FromFloats(ReadOnlySpan<float> values, IReadOnlyList<long> shape) =>
        new(Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values of a single-precision tensor.</summary>
    /// <exception cref="InvalidInputException">The tensor is of another type.</exception>
    public ReadOnlySpan<float> AsFloats() => Type == Float32
        ? MemoryMarshal.Cast<byte, float>(Data.Span)
        : throw new InvalidInputException($"A tensor is of type {Type}, but {Float32} was expected: convert it before saving.");

    /// <summary>Bytes of one element of a type of the format, or null for an unknown type.</summary>
    internal static int? ElementSize(string type) => ElementSizes.TryGetValue(type, out var size) ? size : null;
}
