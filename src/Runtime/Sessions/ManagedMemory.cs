namespace OnnxSentiment.Runtime;

/// <summary>Arrays that the garbage collector does not move.</summary>
/// <param name="isForGpu">Whether a GPU computes with copies of them.</param>
internal sealed class ManagedMemory(bool isForGpu = false) : HostMemory
{
    public override string Name => "managed";

    public override bool IsCopiedWhenBound => isForGpu;

    public override unsafe HostBuffer<T> Allocate<T>(int count)
    {
        var array = GC.AllocateUninitializedArray<T>(count, pinned: true);
        fixed (T* data = array)
        {
            return new HostBuffer<T>(data, count, array);
        }
    }
}
