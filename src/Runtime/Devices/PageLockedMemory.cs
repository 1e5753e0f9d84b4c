using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Memory that the operating system keeps in place, so that a GPU copies from and to it on its own; other memory goes
/// through a buffer of the driver first.
/// </summary>
internal sealed class PageLockedMemory(InferenceSession session, OrtMemoryInfo info) : HostMemory
{
    private readonly OrtAllocator _allocator = new(session, info);

    public override string Name => "page-locked";

    public override bool IsCopiedWhenBound => true;

    public override unsafe HostBuffer<T> Allocate<T>(int count)
    {
        var bytes = (long)count * sizeof(T);
        var tensor = OrtValue.CreateAllocatedTensorValue(_allocator, TensorElementType.UInt8, [bytes]);
        fixed (byte* data = tensor.GetTensorMutableRawData())
        {
            return new HostBuffer<T>((T*)data, count, tensor);
        }
    }

    public override void Dispose()
    {
        _allocator.Dispose();
        info.Dispose();
    }
}
