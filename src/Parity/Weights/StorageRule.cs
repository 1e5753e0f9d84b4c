using System.Buffers.Binary;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>How an initializer stores numbers, and how far a stored number may be from the trained one.</summary>
internal abstract class StorageRule(DataType element, string name)
{
    /// <summary>How far a stored number may be from the trained one, in words.</summary>
    internal string Name { get; } = name;

    /// <summary>The type of the initializer's elements.</summary>
    internal DataType Element { get; } = element;

    /// <summary>The number at a place, as the graph uses it.</summary>
    internal abstract double Stored(ReadOnlySpan<byte> data, int offset);

    /// <summary>Whether the number at a place may stand for a trained one.</summary>
    internal abstract bool Accepts(ReadOnlySpan<byte> data, int offset, float trained);

    /// <summary>Whether a row's largest magnitude may be stored so.</summary>
    internal virtual bool AcceptsLargest(double stored, double trained) => true;
}

/// <summary>Single precision: the same bits.</summary>
internal sealed class SingleRule() : StorageRule(DataType.Float, "bit for bit")
{
    internal override double Stored(ReadOnlySpan<byte> data, int offset) => At(data, offset);

    internal override bool Accepts(ReadOnlySpan<byte> data, int offset, float trained) =>
        BitConverter.SingleToInt32Bits(At(data, offset)) == BitConverter.SingleToInt32Bits(trained);

    private static float At(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadSingleLittleEndian(data[(offset * sizeof(float))..]);
}

/// <summary>Half precision: no other half is nearer to the trained number.</summary>
internal sealed class HalfRule()
    : StorageRule(DataType.Float16, "within half a unit in the last place of float16")
{
    private const int Size = sizeof(short);

    internal override double Stored(ReadOnlySpan<byte> data, int offset) => (double)At(data, offset);

    internal override bool Accepts(ReadOnlySpan<byte> data, int offset, float trained)
    {
        var stored = At(data, offset);
        var distance = Math.Abs((double)stored - trained);
        return Half.IsFinite(stored)
            && distance <= Math.Abs((double)Half.BitIncrement(stored) - trained)
            && distance <= Math.Abs((double)Half.BitDecrement(stored) - trained)
            && Half.IsNegative(stored) == float.IsNegative(trained);
    }

    private static Half At(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadHalfLittleEndian(data[(offset * Size)..]);
}

/// <summary>
/// Eight bits with a scale for each row of the checkpoint's matrix: a stored number is integer · scale, its zero point
/// being 0.
/// </summary>
/// <param name="scales">The scales.</param>
/// <param name="scaleOf">From an element's place to that of its scale.</param>
internal sealed class StepRule(float[] scales, Func<int, int> scaleOf)
    : StorageRule(DataType.Int8, "within half a step of the scale of its row")
{
    // Scale and quotient are rounded to single precision, each to 6e-8 of at most 127 steps.
    private const double Rounding = 1e-5;

    // The largest weight of a row is a whole number of steps, but for the rounding of the scale.
    private const double ScaleRounding = 1e-6;

    // A scale this small has few bits, and below it none: such weights are as good as 0.
    private const double Underflow = 1e-42;

    internal override double Stored(ReadOnlySpan<byte> data, int offset) =>
        (double)(sbyte)data[offset] * scales[scaleOf(offset)];

    internal override bool Accepts(ReadOnlySpan<byte> data, int offset, float trained) =>
        Math.Abs(Stored(data, offset) - trained) <= ((0.5 + Rounding) * scales[scaleOf(offset)]) + Underflow;

    internal override bool AcceptsLargest(double stored, double trained) =>
        Math.Abs(stored - trained) <= (ScaleRounding * trained) + Underflow;
}
