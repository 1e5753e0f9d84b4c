using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Copies values out of libtorch, from whichever device they lie on, and into it.</summary>
internal static class TensorData
{
    /// <summary>A constant of a graph.</summary>
    /// <exception cref="NotSupportedException">The elements are neither Float32 nor Int64.</exception>
    internal static TensorProto Copy(string name, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => Tensors.Float(name, tensor.shape, Values<float>(tensor)),
        ScalarType.Int64 => Tensors.Int64(name, tensor.shape, Values<long>(tensor)),
        var type => throw new NotSupportedException(
            $"'{name}' is of {type}, but Float32 or Int64 was expected: " +
            "convert the module with to(ScalarType.Float32) first."),
    };

    /// <summary>A copy for a comparison; null where the elements are of a type that cannot be compared.</summary>
    internal static NamedTensor? ToNamed(string name, Tensor tensor)
    {
        Array? values = tensor.dtype switch
        {
            ScalarType.Float32 => Values<float>(tensor),
            ScalarType.Float64 => Values<double>(tensor),
            ScalarType.Int64 => Values<long>(tensor),
            ScalarType.Int32 => Values<int>(tensor),
            ScalarType.Bool => Values<bool>(tensor),
            _ => null,
        };
        return values is null ? null : new(name, tensor.shape, values);
    }

    /// <summary>The same values for libtorch.</summary>
    internal static Tensor ToTensor(NamedTensor values, Device device) => (values.Values switch
    {
        float[] elements => tensor(elements),
        double[] elements => tensor(elements),
        long[] elements => tensor(elements),
        int[] elements => tensor(elements),
        bool[] elements => tensor(elements),
        _ => throw new ArgumentOutOfRangeException(nameof(values), values.TypeName, "Unknown elements."),
    }).reshape([.. values.Shape]).to(device);

    internal static T[] Values<T>(Tensor tensor)
        where T : unmanaged
    {
        // TorchSharp fails over a tensor without elements.
        if (tensor.numel() == 0)
        {
            return [];
        }

        using var _ = NewDisposeScope();
        return [.. tensor.detach().cpu().contiguous().data<T>()];
    }
}
