using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>Files that hold one tensor as ONNX stores it, usually <c>.pb</c>. Thread-safe.</summary>
public static class TensorFile
{
    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(NamedTensor tensor, string path)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        AtomicFile.Write(path, ToProto(tensor).WriteTo);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is missing or damaged, or its elements are of another type.
    /// </exception>
    public static NamedTensor Read(string path) => ToNamed(Parse(path), $"'{path}'");

    /// <summary>The tensor's values.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">What messages call it, at the beginning of a sentence.</param>
    internal static NamedTensor ToNamed(TensorProto tensor, string what)
    {
        if (DefectOf(tensor) is { } defect)
        {
            throw new InvalidInputException($"{what} is damaged: {defect}");
        }

        return new(tensor.Name, [.. tensor.Dims], ValuesOf(tensor, what));
    }

    private static TensorProto ToProto(NamedTensor tensor) => tensor.Values is string[] texts
        ? Tensors.Text(tensor.Name, [.. tensor.Shape], texts)
        : new TensorProto
        {
            Name = tensor.Name,
            DataType = (int)tensor.ElementType,
            Dims = { tensor.Shape },
            RawData = UnsafeByteOperations.UnsafeWrap(TensorBytes.Of(tensor)),
        };

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

    private static Array ValuesOf(TensorProto tensor, string what)
    {
        var type = (DataType)tensor.DataType;
        if (type == DataType.String)
        {
            return tensor.StringData.Select(text => text.ToStringUtf8()).ToArray();
        }

        var values = tensor.HasRawData ? TensorBytes.ToArray(type, tensor.RawData.Span) : Typed(tensor, type);
        return values ?? throw new InvalidInputException(
            $"{what} holds elements of {ElementTypes.NameOf(tensor.DataType)}, but float, double, float16, " +
            "bfloat16, bool, string or an integer of 8 to 64 bits was expected.");
    }

    // Where a type has no list of its own, its elements stand in one of wider numbers (onnx.proto says in which).
    private static Array? Typed(TensorProto tensor, DataType type) => type switch
    {
        DataType.Float => tensor.FloatData.ToArray(),
        DataType.Double => tensor.DoubleData.ToArray(),
        DataType.Int64 => tensor.Int64Data.ToArray(),
        DataType.Uint64 => tensor.Uint64Data.ToArray(),
        DataType.Uint32 => tensor.Uint64Data.Select(value => (uint)value).ToArray(),
        DataType.Int32 => tensor.Int32Data.ToArray(),
        DataType.Int16 => tensor.Int32Data.Select(value => (short)value).ToArray(),
        DataType.Int8 => tensor.Int32Data.Select(value => (sbyte)value).ToArray(),
        DataType.Uint16 => tensor.Int32Data.Select(value => (ushort)value).ToArray(),
        DataType.Uint8 => tensor.Int32Data.Select(value => (byte)value).ToArray(),
        DataType.Bool => tensor.Int32Data.Select(value => value != 0).ToArray(),
        DataType.Float16 => tensor.Int32Data.Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).ToArray(),
        DataType.Bfloat16 => tensor.Int32Data.Select(bits => new BFloat16((ushort)bits)).ToArray(),
        _ => null,
    };
}
