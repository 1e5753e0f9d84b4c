using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using OrtBFloat16 = Microsoft.ML.OnnxRuntime.BFloat16;
using OrtFloat16 = Microsoft.ML.OnnxRuntime.Float16;

namespace OnnxSentiment.Parity;

/// <summary>Named tensors as ONNX Runtime's values, and back.</summary>
internal static class OrtTensors
{
    internal static OrtValue ToValue(NamedTensor tensor) => tensor.TypeName switch
    {
        "float" => Numbers<float>(tensor),
        "double" => Numbers<double>(tensor),
        "int64" => Numbers<long>(tensor),
        "int32" => Numbers<int>(tensor),
        "int16" => Numbers<short>(tensor),
        "int8" => Numbers<sbyte>(tensor),
        "uint64" => Numbers<ulong>(tensor),
        "uint32" => Numbers<uint>(tensor),
        "uint16" => Numbers<ushort>(tensor),
        "uint8" => Numbers<byte>(tensor),
        "bool" => Numbers<bool>(tensor),
        "float16" => Numbers(Cast<Half, OrtFloat16>((Half[])tensor.Values), tensor),
        "bfloat16" => Numbers(Cast<Onnx.BFloat16, OrtBFloat16>((Onnx.BFloat16[])tensor.Values), tensor),
        "string" => Texts((string[])tensor.Values, tensor),
        _ => throw new NotSupportedException(
            $"'{tensor.Name}' is of {tensor.TypeName}, which ONNX Runtime is not given here."),
    };

    /// <summary>The value, or null where it is no tensor or of a type that is not taken.</summary>
    internal static NamedTensor? TryToTensor(OrtValue value, string name)
    {
        if (!value.IsTensor)
        {
            return null;
        }

        var info = value.GetTensorTypeAndShape();
        Array? values = info.ElementDataType switch
        {
            TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
            TensorElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
            TensorElementType.Int32 => value.GetTensorDataAsSpan<int>().ToArray(),
            TensorElementType.Int16 => value.GetTensorDataAsSpan<short>().ToArray(),
            TensorElementType.Int8 => value.GetTensorDataAsSpan<sbyte>().ToArray(),
            TensorElementType.UInt64 => value.GetTensorDataAsSpan<ulong>().ToArray(),
            TensorElementType.UInt32 => value.GetTensorDataAsSpan<uint>().ToArray(),
            TensorElementType.UInt16 => value.GetTensorDataAsSpan<ushort>().ToArray(),
            TensorElementType.UInt8 => value.GetTensorDataAsSpan<byte>().ToArray(),
            TensorElementType.Bool => value.GetTensorDataAsSpan<bool>().ToArray(),
            TensorElementType.Float16 => Cast<OrtFloat16, Half>(value.GetTensorDataAsSpan<OrtFloat16>()),
            TensorElementType.BFloat16 => Cast<OrtBFloat16, Onnx.BFloat16>(value.GetTensorDataAsSpan<OrtBFloat16>()),
            TensorElementType.String => value.GetStringTensorAsArray(),
            _ => null,
        };
        return values is null ? null : new(name, info.Shape, values);
    }

    /// <exception cref="NotSupportedException">It is no tensor, or of a type that is not taken.</exception>
    internal static NamedTensor ToTensor(OrtValue value, string name) =>
        TryToTensor(value, name) ?? throw new NotSupportedException(
            value.IsTensor
                ? $"The output '{name}' is of {value.GetTensorTypeAndShape().ElementDataType}, which is not compared."
                : $"The output '{name}' is no tensor.");

    /// <summary>What the value is, or null where it is no tensor.</summary>
    internal static TensorInfo? ToInfo(OrtValue value, string name)
    {
        if (!value.IsTensor)
        {
            return null;
        }

        // The numbers of element types are those of the standard.
        var info = value.GetTensorTypeAndShape();
        return new(name, (DataType)(int)info.ElementDataType, info.Shape);
    }

    private static OrtValue Numbers<T>(NamedTensor tensor)
        where T : unmanaged => Numbers((T[])tensor.Values, tensor);

    private static OrtValue Numbers<T>(T[] values, NamedTensor tensor)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values, [.. tensor.Shape]);

    // Element by element with its length: tensors made from arrays of strings end a text at its first NUL.
    private static OrtValue Texts(string[] values, NamedTensor tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Shape]);
        foreach (var (index, text) in values.Index())
        {
            value.StringTensorSetElementAt(text.AsSpan(), index);
        }

        return value;
    }

    private static TTo[] Cast<TFrom, TTo>(ReadOnlySpan<TFrom> values)
        where TFrom : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<TFrom, TTo>(values).ToArray();
}
