using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>Copies single-precision tensors between libtorch and checkpoints.</summary>
internal static class TensorData
{
    internal static SafetensorsTensor Copy(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var contiguous = detached.contiguous();
        return SafetensorsTensor.FromFloats(MemoryMarshal.Cast<byte, float>(contiguous.bytes), contiguous.shape);
    }

    internal static void Overwrite(Tensor tensor, SafetensorsTensor values)
    {
        using var source = ToTensor(values);
        tensor.copy_(source);
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    internal static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.isfinite().all().item<bool>();
    }

    internal static Tensor ToTensor(SafetensorsTensor values) =>
        tensor(values.AsFloats().ToArray(), [.. values.Shape]);
}
