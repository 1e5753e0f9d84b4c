using System.Runtime.InteropServices;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The elements of tensors as bytes, little-endian, as are all machines that .NET runs on in practice; strings have no
/// such form.
/// </summary>
internal static class TensorBytes
{
    internal static byte[] Of(NamedTensor tensor) => tensor.ElementType switch
    {
        DataType.Float => Bytes<float>(tensor),
        DataType.Double => Bytes<double>(tensor),
        DataType.Float16 => Bytes<Half>(tensor),
        DataType.Bfloat16 => Bytes<BFloat16>(tensor),
        DataType.Int64 => Bytes<long>(tensor),
        DataType.Int32 => Bytes<int>(tensor),
        DataType.Int16 => Bytes<short>(tensor),
        DataType.Int8 => Bytes<sbyte>(tensor),
        DataType.Uint64 => Bytes<ulong>(tensor),
        DataType.Uint32 => Bytes<uint>(tensor),
        DataType.Uint16 => Bytes<ushort>(tensor),
        DataType.Uint8 => Bytes<byte>(tensor),
        DataType.Bool => Bytes<bool>(tensor),
        _ => throw new InvalidOperationException($"'{tensor.Name}' holds {tensor.TypeName}, which has no raw bytes."),
    };

    /// <summary>The elements, or null for a type that <see cref="NamedTensor"/> does not take.</summary>
    internal static Array? ToArray(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        DataType.Float => Elements<float>(bytes),
        DataType.Double => Elements<double>(bytes),
        DataType.Float16 => Elements<Half>(bytes),
        DataType.Bfloat16 => Elements<BFloat16>(bytes),
        DataType.Int64 => Elements<long>(bytes),
        DataType.Int32 => Elements<int>(bytes),
        DataType.Int16 => Elements<short>(bytes),
        DataType.Int8 => Elements<sbyte>(bytes),
        DataType.Uint64 => Elements<ulong>(bytes),
        DataType.Uint32 => Elements<uint>(bytes),
        DataType.Uint16 => Elements<ushort>(bytes),
        DataType.Uint8 => Elements<byte>(bytes),
        // Any other byte than 0 is true; as a Boolean of .NET only 1 equals true.
        DataType.Bool => Array.ConvertAll(bytes.ToArray(), value => value != 0),
        _ => null,
    };

    private static byte[] Bytes<T>(NamedTensor tensor)
        where T : unmanaged => MemoryMarshal.AsBytes((ReadOnlySpan<T>)(T[])tensor.Values).ToArray();

    private static T[] Elements<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes).ToArray();
}
