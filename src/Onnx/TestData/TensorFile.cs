using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Files that hold one tensor.</summary>
internal static class TensorFile
{
    internal static void Write(TensorProto tensor, string path) => AtomicFile.Write(path, tensor.WriteTo);

    /// <summary>Writes numbers in single precision, row by row.</summary>
    internal static void WriteRows(string name, double[] values, int columns, string path) =>
        Write(Tensors.Float(name, [values.Length / columns, columns], Array.ConvertAll(values, value => (float)value)), path);

    internal static (long[] Shape, long[] Values) ReadInt64(string path, string name)
    {
        var tensor = Read(path, name, DataType.Int64);
        return ([.. tensor.Dims], tensor.HasRawData ? Cast<long>(tensor) : [.. tensor.Int64Data]);
    }

    internal static (long[] Shape, float[] Values) ReadFloats(string path, string name)
    {
        var tensor = Read(path, name, DataType.Float);
        return ([.. tensor.Dims], tensor.HasRawData ? Cast<float>(tensor) : [.. tensor.FloatData]);
    }

    private static TensorProto Read(string path, string name, DataType type)
    {
        if (!File.Exists(path))
        {
            throw new InvalidInputException($"There is no file '{path}'; the tensor '{name}' of a test data set was expected there.");
        }

        var tensor = Parse(path);
        if (tensor.Name != name || tensor.DataType != (int)type)
        {
            throw new InvalidInputException(
                $"'{path}' holds '{tensor.Name}' of {ElementTypes.NameOf(tensor.DataType)}, but '{name}' of {ElementTypes.NameOf((int)type)} was expected.");
        }

        var problems = new ProblemList();
        TensorCheck.Run(new GraphProto { Initializer = { tensor } }, problems);
        return problems.HasProblems
            ? throw new InvalidInputException($"'{path}' is damaged: {problems.ToReport().Problems[0].Message}")
            : tensor;
    }

    private static TensorProto Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return TensorProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidInputException($"'{path}' is no tensor, or it is cut off: {e.Message}", e);
        }
    }

    // raw_data is little-endian, as are all machines that .NET runs on in practice.
    private static T[] Cast<T>(TensorProto tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();
}
