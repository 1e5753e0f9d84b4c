using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Server.Models.Proto;
using static OnnxSentiment.Server.Models.Proto.TensorProto.Types;

namespace OnnxSentiment.Server;

/// <summary>Reads the tensors of a <c>test_data_set_*</c>.</summary>
internal static class TensorFile
{
    /// <exception cref="InvalidInputException">There is no such tensor in the file.</exception>
    public static (long[] Shape, long[] Values) ReadInt64(string path, string name)
    {
        var tensor = Read(path, name, DataType.Int64);
        return Checked(path, tensor, tensor.HasRawData ? Cast<long>(tensor) : [.. tensor.Int64Data]);
    }

    /// <exception cref="InvalidInputException">There is no such tensor in the file.</exception>
    public static (long[] Shape, float[] Values) ReadFloats(string path, string name)
    {
        var tensor = Read(path, name, DataType.Float);
        return Checked(path, tensor, tensor.HasRawData ? Cast<float>(tensor) : [.. tensor.FloatData]);
    }

    private static TensorProto Read(string path, string name, DataType type)
    {
        TensorProto tensor;
        try
        {
            tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"'{path}' is no whole tensor that can be read: {e.Message}", e);
        }

        return tensor.Name == name && tensor.DataType == (int)type
            ? tensor
            : throw new InvalidInputException($"'{path}' has to hold '{name}' of {type}, but it holds another tensor.");
    }

    private static (long[] Shape, T[] Values) Checked<T>(string path, TensorProto tensor, T[] values)
    {
        long[] shape = [.. tensor.Dims];
        return shape.Length > 0
            && shape.All(length => length > 0)
            && shape.Aggregate((Int128)1, (product, length) => product * length) == values.Length
            ? (shape, values)
            : throw new InvalidInputException($"'{path}' has {values.Length} values, which do not fill its shape.");
    }

    // Little-endian, as are all machines that .NET runs on in practice.
    private static T[] Cast<T>(TensorProto tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();
}
