using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>ONNX Runtime as an app uses it, independent of the way in which exports verify themselves.</summary>
internal sealed class PlainSession : IDisposable
{
    private readonly InferenceSession _session;

    public PlainSession(string path)
    {
        using var oneThread = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new(path, oneThread);
    }

    /// <summary>Runs the file on tensors in the order of its inputs.</summary>
    public Tensor[] Run(params Tensor[] inputs)
    {
        var values = inputs.Select(ToValue).ToList();
        using var options = new RunOptions();
        using var results = _session.Run(
            options, _session.InputNames.Take(inputs.Length).ToList(), values, _session.OutputNames);
        var outputs = results.Select(ToTensor).ToArray();
        values.ForEach(value => value.Dispose());
        return outputs;
    }

    public void Dispose() => _session.Dispose();

    private static OrtValue ToValue(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => OrtValue.CreateTensorValueFromMemory(TensorData.Values<float>(tensor), tensor.shape),
        ScalarType.Int64 => OrtValue.CreateTensorValueFromMemory(TensorData.Values<long>(tensor), tensor.shape),
        ScalarType.Int32 => OrtValue.CreateTensorValueFromMemory(TensorData.Values<int>(tensor), tensor.shape),
        ScalarType.Bool => OrtValue.CreateTensorValueFromMemory(TensorData.Values<bool>(tensor), tensor.shape),
        var type => throw new NotSupportedException($"{type}"),
    };

    private static Tensor ToTensor(OrtValue value) =>
        tensor(value.GetTensorDataAsSpan<float>().ToArray()).reshape(value.GetTensorTypeAndShape().Shape);
}
