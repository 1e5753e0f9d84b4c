using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxSentiment.Runtime.Internals.Devices;

/// <summary>Memory of the host that does not move. Not thread-safe.</summary>
/// <param name="data">Where it begins.</param>
/// <param name="length">Its values.</param>
/// <param name="info">How ONNX Runtime names this kind of memory.</param>
/// <param name="owner">What keeps it alive, and frees it when disposed.</param>
internal sealed unsafe class HostBuffer<T>(T* data, int length, OrtMemoryInfo info, object owner) : IDisposable
    where T : unmanaged
{
    public int Length => length;

    public Span<T> Span => new(data, length);

    /// <summary>A tensor over the beginning of the memory; it has to go before the buffer does.</summary>
    public OrtValue ToTensor(TensorElementType type, long rows, long columns) => OrtValue.CreateTensorValueWithData(
        info, type, [rows, columns], (nint)data, rows * columns * sizeof(T));

    public void Dispose() => (owner as IDisposable)?.Dispose();
}
