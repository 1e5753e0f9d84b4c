using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>Numbers as the elements of a type.</summary>
internal static class TensorValues
{
    /// <summary>The types of elements that inputs may have, for messages.</summary>
    internal const string Taken = "float, double, float16, bfloat16, bool, string or an integer of 8 to 64 bits";

    internal static bool IsTaken(DataType type) => type == DataType.String || Create(type, []) is not null;

    internal static bool IsReal(DataType type) =>
        type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    internal static bool IsInteger(DataType type) =>
        type is not (DataType.String or DataType.Bool) && !IsReal(type) && IsTaken(type);

    /// <summary>The elements, rounded to the type; null for a type that is not taken, strings among them.</summary>
    internal static Array? Create(DataType type, double[] numbers) => type switch
    {
        DataType.Float => Array.ConvertAll(numbers, value => (float)value),
        DataType.Double => numbers,
        DataType.Float16 => Array.ConvertAll(numbers, value => (Half)value),
        DataType.Bfloat16 => Array.ConvertAll(numbers, value => (BFloat16)(float)value),
        DataType.Int64 => Array.ConvertAll(numbers, value => (long)value),
        DataType.Int32 => Array.ConvertAll(numbers, value => (int)value),
        DataType.Int16 => Array.ConvertAll(numbers, value => (short)value),
        DataType.Int8 => Array.ConvertAll(numbers, value => (sbyte)value),
        DataType.Uint64 => Array.ConvertAll(numbers, value => (ulong)value),
        DataType.Uint32 => Array.ConvertAll(numbers, value => (uint)value),
        DataType.Uint16 => Array.ConvertAll(numbers, value => (ushort)value),
        DataType.Uint8 => Array.ConvertAll(numbers, value => (byte)value),
        DataType.Bool => Array.ConvertAll(numbers, value => value != 0),
        _ => null,
    };

    /// <summary>The smallest and largest number that an integer type takes, within what a double holds
    /// exactly.</summary>
    internal static (double Lowest, double Highest) RangeOf(DataType type) => type switch
    {
        DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        DataType.Uint8 => (0, byte.MaxValue),
        DataType.Int16 => (short.MinValue, short.MaxValue),
        DataType.Uint16 => (0, ushort.MaxValue),
        DataType.Int32 => (int.MinValue, int.MaxValue),
        DataType.Uint32 => (0, uint.MaxValue),
        DataType.Uint64 => (0, 1L << 53),
        _ => (-(1L << 53), 1L << 53),
    };

    /// <summary>The same values under another name, as another type.</summary>
    internal static NamedTensor Convert(NamedTensor tensor, string name, DataType type) =>
        tensor.TypeName == GraphInput.NameOf(type)
            ? new(name, tensor.Shape, tensor.Values)
            : new(name, tensor.Shape, Create(type, tensor.ToDoubles())!);
}
