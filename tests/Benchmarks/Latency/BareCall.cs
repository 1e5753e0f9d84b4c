using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// The least that ONNX Runtime can be asked for: everything is bound, the ids of each text stand in memory of their
/// own, and a call computes. What our library does on top of that is what it costs.
/// </summary>
internal sealed class BareCall : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding[] _bindings;
    private readonly List<IDisposable> _owned = [];
    private readonly float[] _logit = new float[1];
    private readonly float[] _probability = new float[1];

    /// <param name="path">The model.</param>
    /// <param name="texts">Encoded texts.</param>
    public BareCall(string path, IReadOnlyList<long[]> texts)
    {
        // As our library's session: one thread is the fastest for one text, since threads split nothing but a batch.
        using var options = new SessionOptions { IntraOpNumThreads = 1, EnableMemoryPattern = false };
        _session = new InferenceSession(path, options);
        _bindings = [.. texts.Select(Bind)];
    }

    /// <summary>Computes a text.</summary>
    /// <returns>The probability of the second label.</returns>
    public float Run(int text)
    {
        _session.RunWithBinding(_options, _bindings[text]);
        return _probability[0];
    }

    public void Dispose()
    {
        _owned.ForEach(item => item.Dispose());
        _options.Dispose();
        _session.Dispose();
    }

    private OrtIoBinding Bind(long[] text)
    {
        var input = Own(Tensor(TensorElementType.Int64, text, [1, text.Length]));
        var logit = Own(Tensor(TensorElementType.Float, _logit, [1, 1]));
        var probability = Own(Tensor(TensorElementType.Float, _probability, [1, 1]));
        var binding = Own(_session.CreateIoBinding());
        binding.BindInput(GraphNames.InputIds, input);
        binding.BindOutput(GraphNames.Logit, logit);
        binding.BindOutput(GraphNames.Probability, probability);
        return binding;
    }

    private OrtValue Tensor<T>(TensorElementType type, T[] values, long[] shape)
        where T : unmanaged
    {
        var handle = GCHandle.Alloc(values, GCHandleType.Pinned);
        Own(new Handle(handle));
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, type, shape, handle.AddrOfPinnedObject(),
            values.Length * Marshal.SizeOf<T>());
    }

    // The last one is freed first: a binding before its tensors, a tensor before its memory moves again.
    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Insert(0, item);
        return item;
    }

    private sealed class Handle(GCHandle handle) : IDisposable
    {
        public void Dispose() => handle.Free();
    }
}
