using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Runs any ONNX model on named tensors, in ONNX Runtime on the CPU with one thread a run. Thread-safe, but for the
/// disposal.
/// </summary>
public sealed class TensorRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <summary>Loads a model.</summary>
    /// <param name="model">The bytes of an ONNX file; nothing beside it is read.</param>
    /// <exception cref="InvalidInputException">
    /// ONNX Runtime refuses the model, or the app brings no native library of ONNX Runtime: <see cref="IsAvailable"/>
    /// tells.
    /// </exception>
    public TensorRunner(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        SessionFactory.CheckNativeLibrary();
        try
        {
            using var options = SessionFactory.CreateOptions();
            _session = OrtEnvironment.Open(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidInputException($"ONNX Runtime refuses the model: {e.Message}", e);
        }
    }

    /// <summary>The names of the graph's outputs, in its order.</summary>
    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>Whether the app brings a native library of ONNX Runtime that fits.</summary>
    /// <param name="problem">What is missing, and what to add; empty where nothing is.</param>
    public static bool IsAvailable(out string problem)
    {
        try
        {
            SessionFactory.CheckNativeLibrary();
            problem = "";
            return true;
        }
        catch (InvalidInputException e)
        {
            problem = e.Message;
            return false;
        }
    }

    /// <summary>Computes outputs.</summary>
    /// <param name="inputs">A tensor for each of the graph's inputs, in any order.</param>
    /// <param name="outputs">The outputs to compute; null for all.</param>
    /// <returns>The values, in the order of their names.</returns>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot compute the graph on these inputs.</exception>
    /// <exception cref="NotSupportedException">
    /// An output is no tensor, or of a type that <see cref="NamedTensor"/> does not take.
    /// </exception>
    public IReadOnlyList<NamedTensor> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string>? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        outputs ??= Outputs;
        var values = new List<OrtValue>(inputs.Count);
        try
        {
            values.AddRange(inputs.Select(ToValue));
            using var results = _session.Run(_options, [.. inputs.Select(input => input.Name)], values, outputs);
            return [.. results.Zip(outputs, ToTensor)];
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"ONNX Runtime cannot run the graph: {e.Message}", e);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue ToValue(NamedTensor tensor) => tensor.Values switch
    {
        float[] values => Numbers(values, tensor),
        double[] values => Numbers(values, tensor),
        long[] values => Numbers(values, tensor),
        int[] values => Numbers(values, tensor),
        bool[] values => Numbers(values, tensor),
        string[] values => Texts(values, tensor),
        _ => throw new NotSupportedException(
            $"'{tensor.Name}' is of {tensor.TypeName}, which ONNX Runtime is not given here."),
    };

    private static OrtValue Numbers<T>(T[] values, NamedTensor tensor)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values, [.. tensor.Shape]);

    // Element by element with its length: tensors made from arrays of strings end a text at its first NUL.
    private static OrtValue Texts(string[] values, NamedTensor tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Shape]);
        foreach (var (index, text) in values.Index())
        {
            value.StringTensorSetElementAt(text.AsSpan(), index);
        }

        return value;
    }

    private static NamedTensor ToTensor(OrtValue value, string name)
    {
        if (!value.IsTensor)
        {
            throw new NotSupportedException($"The output '{name}' is no tensor.");
        }

        var info = value.GetTensorTypeAndShape();
        Array values = info.ElementDataType switch
        {
            TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
            TensorElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
            TensorElementType.Int32 => value.GetTensorDataAsSpan<int>().ToArray(),
            TensorElementType.Bool => value.GetTensorDataAsSpan<bool>().ToArray(),
            TensorElementType.String => value.GetStringTensorAsArray(),
            var type => throw new NotSupportedException($"The output '{name}' is of {type}, which is not compared."),
        };
        return new(name, info.Shape, values);
    }
}
