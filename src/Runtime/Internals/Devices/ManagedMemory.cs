using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Internals.Devices;

/// <summary>Arrays that the garbage collector does not move, for the processor.</summary>
internal sealed class ManagedMemory : HostMemory
{
    public override string Name => "managed";

    public override unsafe HostBuffer<T> Allocate<T>(int count)
    {
        var array = GC.AllocateUninitializedArray<T>(count, pinned: true);
        fixed (T* data = array)
        {
            return new HostBuffer<T>(data, count, OrtMemoryInfo.DefaultInstance, array);
        }
    }
}
