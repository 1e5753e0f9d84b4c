using System.Globalization;

namespace OnnxSentiment.Onnx;

/// <summary>
/// A number of 16 bits with the exponent of single precision and 7 bits of fraction, which .NET 10 has no type for.
/// </summary>
/// <param name="Bits">The upper half of the bits in single precision.</param>
public readonly record struct BFloat16(ushort Bits)
{
    private const int DroppedBits = 16;

    /// <summary>The nearest such number; of two that are equally near, the even one. NaN stays NaN.</summary>
    public static explicit operator BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? new((ushort)((bits >> DroppedBits) | 0x40)) // quiet: a payload in the lower half would become infinity
            : new((ushort)((bits + 0x7FFF + ((bits >> DroppedBits) & 1)) >> DroppedBits));
    }

    /// <summary>The same number.</summary>
    public static implicit operator float(BFloat16 value) =>
        BitConverter.UInt32BitsToSingle((uint)value.Bits << DroppedBits);

    /// <summary>The number, in the invariant culture.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
