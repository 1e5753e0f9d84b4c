using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Copies values out of libtorch, from whichever device they lie on.</summary>
internal static class TensorData
{
    /// <summary>A constant of a graph.</summary>
    /// <exception cref="NotSupportedException">The elements are neither single precision nor 64-bit integers.</exception>
    internal static TensorProto Copy(string name, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => Tensors.Float(name, tensor.shape, Values<float>(tensor)),
        ScalarType.Int64 => Tensors.Int64(name, tensor.shape, Values<long>(tensor)),
        var type => throw new NotSupportedException(
            $"'{name}' is of {type}, but Float32 or Int64 was expected: convert the module with to(ScalarType.Float32) first."),
    };

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
