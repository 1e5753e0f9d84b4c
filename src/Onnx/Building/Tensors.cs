using System.Buffers.Binary;
using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Makes constants whose elements stand row by row, little-endian, in <c>raw_data</c>: the form that every reader takes
/// and that maps one to one to memory.
/// </summary>
public static partial class Tensors
{
    private delegate void LittleEndianWriter<in T>(Span<byte> destination, T value);

    /// <summary>Makes a tensor of single precision.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static TensorProto Float(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<float> values) =>
        Create(name, DataType.Float, dimensions, values, sizeof(float), BinaryPrimitives.WriteSingleLittleEndian);

    /// <summary>Makes a tensor of double precision.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static TensorProto Double(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<double> values) =>
        Create(name, DataType.Double, dimensions, values, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);

    /// <summary>Makes a tensor of 64-bit integers.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static TensorProto Int64(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<long> values) =>
        Create(name, DataType.Int64, dimensions, values, sizeof(long), BinaryPrimitives.WriteInt64LittleEndian);

    /// <summary>Makes a tensor of strings, which stand in <c>string_data</c> as UTF-8.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the dimensions.</exception>
    public static TensorProto Text(string name, ReadOnlySpan<long> dimensions, IReadOnlyCollection<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckCount(name, dimensions, values.Count);
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.String };
        tensor.Dims.AddRange(dimensions.ToArray());
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        return tensor;
    }

    private static TensorProto Create<T>(
        string name, DataType type, ReadOnlySpan<long> dimensions, ReadOnlySpan<T> values, int size,
        LittleEndianWriter<T> write)
    {
        CheckCount(name, dimensions, values.Length);
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size), values[i]);
        }

        return Create(name, type, dimensions, bytes);
    }

    private static TensorProto Create(string name, DataType type, ReadOnlySpan<long> dimensions, byte[] bytes)
    {
        var data = UnsafeByteOperations.UnsafeWrap(bytes);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = data };
        tensor.Dims.AddRange(dimensions.ToArray());
        return tensor;
    }

    private static void CheckCount(string name, ReadOnlySpan<long> dimensions, int count)
    {
        var expected = 1L;
        foreach (var dimension in dimensions)
        {
            expected = checked(expected * dimension);
        }

        if (count != expected)
        {
            throw new ArgumentException(
                $"'{name}' has {count} values, but its shape [{string.Join(", ", dimensions.ToArray())}] takes " +
                $"{expected}.",
                nameof(count));
        }
    }
}
