using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxSentiment.Runtime;

/// <summary>Memory of the host that does not move. Not thread-safe.</summary>
/// <param name="data">Where it begins.</param>
/// <param name="length">Its values.</param>
/// <param name="owner">What keeps it alive, and frees it when disposed.</param>
internal sealed unsafe class HostBuffer<T>(T* data, int length, object owner) : IDisposable
    where T : unmanaged
{
    public int Length => length;

    public Span<T> Span => new(data, length);

    /// <summary>
    /// A tensor over the beginning of the memory; it has to go before the buffer does. It is called plain memory of the
    /// host even where it is page-locked, which CUDA's driver sees by the address: under the other name, ONNX Runtime
    /// 1.31 lets kernels read each id across the bus as often as an embedding is wide, and refuses results ("dst_data
    /// != src_data").
    /// </summary>
    public OrtValue ToTensor(TensorElementType type, long rows, long columns) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, type, [rows, columns], (nint)data, rows * columns * sizeof(T));

    public void Dispose() => (owner as IDisposable)?.Dispose();
}
