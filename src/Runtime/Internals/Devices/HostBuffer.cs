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

    /// <summary>A tensor to read from, over the beginning of the memory; it has to go before the buffer does.</summary>
    public OrtValue ToInput(TensorElementType type, long rows, long columns) => ToTensor(info, type, rows, columns);

    /// <summary>
    /// A tensor to write into. It is called plain memory of the host, even where it is page-locked: ONNX Runtime 1.31 with CUDA
    /// refuses results in memory of the other name ("dst_data != src_data"), and the driver knows the addresses anyway.
    /// </summary>
    public OrtValue ToOutput(TensorElementType type, long rows, long columns) =>
        ToTensor(OrtMemoryInfo.DefaultInstance, type, rows, columns);

    public void Dispose() => (owner as IDisposable)?.Dispose();

    private OrtValue ToTensor(OrtMemoryInfo kind, TensorElementType type, long rows, long columns) =>
        OrtValue.CreateTensorValueWithData(kind, type, [rows, columns], (nint)data, rows * columns * sizeof(T));
}
