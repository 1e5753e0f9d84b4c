using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Files that hold one tensor.</summary>
internal static class TensorFile
{
    internal static void Write(NamedTensor tensor, string path) => AtomicFile.Write(path, ToProto(tensor).WriteTo);

    /// <exception cref="InvalidInputException">
    /// The file is missing or damaged, or its elements are of another type.
    /// </exception>
    internal static NamedTensor Read(string path)
    {
        var tensor = Parse(path);
        if (DefectOf(tensor) is { } defect)
        {
            throw new InvalidInputException($"'{path}' is damaged: {defect}");
        }

        return new(tensor.Name, [.. tensor.Dims], ValuesOf(tensor, path));
    }

    private static TensorProto ToProto(NamedTensor tensor)
    {
        if (tensor.Values is string[] texts)
        {
            return Tensors.Text(tensor.Name, [.. tensor.Shape], texts);
        }

        var bytes = new byte[Buffer.ByteLength(tensor.Values)];
        Buffer.BlockCopy(tensor.Values, 0, bytes, 0, bytes.Length);
        return new TensorProto
        {
            Name = tensor.Name,
            DataType = (int)tensor.ElementType,
            Dims = { tensor.Shape },
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        };
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The tensor '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static string? DefectOf(TensorProto tensor)
    {
        if (tensor.DataType == (int)DataType.String)
        {
            return Dimensions.Product(tensor.Dims) == tensor.StringData.Count
                ? null
                : $"its {tensor.StringData.Count} strings do not fill its shape [{string.Join(", ", tensor.Dims)}].";
        }

        var problems = new ProblemList();
        TensorCheck.Run(new GraphProto { Initializer = { tensor } }, problems);
        return problems.HasProblems ? problems.ToReport().Problems[0].Message : null;
    }

    private static Array ValuesOf(TensorProto tensor, string path) => (DataType)tensor.DataType switch
    {
        DataType.Float => Raw<float>(tensor) ?? [.. tensor.FloatData],
        DataType.Double => Raw<double>(tensor) ?? [.. tensor.DoubleData],
        DataType.Int64 => Raw<long>(tensor) ?? [.. tensor.Int64Data],
        DataType.Int32 => Raw<int>(tensor) ?? [.. tensor.Int32Data],
        DataType.Bool =>
            Raw<byte>(tensor)?.Select(value => value != 0)
                .ToArray() ?? [.. tensor.Int32Data.Select(value => value != 0)],
        DataType.String => tensor.StringData.Select(text => text.ToStringUtf8()).ToArray(),
        _ => throw new InvalidInputException(
            $"'{path}' holds elements of {ElementTypes.NameOf(tensor.DataType)}, " +
            "but float, double, int64, int32, bool or string was expected."),
    };

    // raw_data is little-endian, as are all machines that .NET runs on in practice.
    private static T[]? Raw<T>(TensorProto tensor)
        where T : unmanaged => tensor.HasRawData ? MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray() : null;
}
