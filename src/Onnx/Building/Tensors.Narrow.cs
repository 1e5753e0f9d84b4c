using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <content>Tensors of fewer than 32 bits an element.</content>
public static partial class Tensors
{
    /// <summary>Makes a tensor of half precision; each value is rounded to the nearest.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    /// <exception cref="InvalidInputException">A value lies beyond half precision.</exception>
    public static TensorProto Float16(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<float> values)
    {
        CheckCount(name, dimensions, values.Length);
        var bytes = new byte[values.Length * sizeof(short)];
        for (var i = 0; i < values.Length; i++)
        {
            var half = (Half)values[i];
            if (!Half.IsFinite(half))
            {
                throw new InvalidInputException(
                    $"'{name}' holds {values[i]}, but half precision ends at ±{Half.MaxValue}; export this model as " +
                    "float32.");
            }

            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * sizeof(short)), half);
        }

        return Create(name, DataType.Float16, dimensions, bytes);
    }

    /// <summary>Makes a tensor of signed bytes.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static TensorProto Int8(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<sbyte> values)
    {
        CheckCount(name, dimensions, values.Length);
        return Create(name, DataType.Int8, dimensions, MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The values of a tensor that <see cref="Float"/> made, row by row.</summary>
    public static float[] FloatsOf(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var bytes = tensor.RawData.Span;
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return values;
    }
}
