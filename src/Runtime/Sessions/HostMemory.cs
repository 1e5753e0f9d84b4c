namespace OnnxSentiment.Runtime;

/// <summary>The kind of host memory from which a device reads and into which it writes. Thread-safe.</summary>
internal abstract class HostMemory : IDisposable
{
    /// <summary>What logs call it.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether binding an input copies it to the device there and then, as ONNX Runtime does for every device but the
    /// processor: what is written later reaches the device only when it is bound again.
    /// </summary>
    public abstract bool IsCopiedWhenBound { get; }

    /// <summary>Memory that is not cleared.</summary>
    public abstract HostBuffer<T> Allocate<T>(int count)
        where T : unmanaged;

    public virtual void Dispose()
    {
    }
}
