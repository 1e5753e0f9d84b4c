using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// Runs any ONNX model on named tensors, in ONNX Runtime with one thread a run. Thread-safe, but for the disposal.
/// </summary>
public sealed class TensorRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <summary>Loads a model.</summary>
    /// <param name="model">The bytes of an ONNX file; nothing beside it is read unless the options say where.</param>
    /// <param name="options">How to load and compute it; null for the CPU and no external data.</param>
    /// <exception cref="InvalidInputException">
    /// ONNX Runtime refuses the model, the device cannot be used, or the app brings no native library of ONNX Runtime:
    /// <see cref="IsAvailable"/> tells.
    /// </exception>
    public TensorRunner(byte[] model, TensorRunnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _session = SessionOpening.Open(model, options ?? new TensorRunnerOptions());
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
        return Run(inputs, outputs ?? Outputs, OrtTensors.ToTensor);
    }

    /// <summary>The same, with null for an output that is no tensor, or of a type that is not taken.</summary>
    internal IReadOnlyList<NamedTensor?> TryRun(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputs) =>
        Run(inputs, outputs, OrtTensors.TryToTensor);

    /// <summary>Computes outputs and tells their types and shapes alone, of any element type.</summary>
    /// <param name="inputs">A tensor for each of the graph's inputs, in any order.</param>
    /// <param name="outputs">The outputs to compute; null for all.</param>
    /// <returns>Those that are tensors, in the order of their names.</returns>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot compute the graph on these inputs.</exception>
    public IReadOnlyList<TensorInfo> Describe(
        IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string>? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. Run(inputs, outputs ?? Outputs, OrtTensors.ToInfo).OfType<TensorInfo>()];
    }

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private List<T> Run<T>(
        IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputs, Func<OrtValue, string, T> convert)
    {
        var values = new List<OrtValue>(inputs.Count);
        try
        {
            values.AddRange(inputs.Select(OrtTensors.ToValue));
            using var results = _session.Run(_options, [.. inputs.Select(input => input.Name)], values, outputs);
            return [.. results.Zip(outputs, convert)];
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime cannot run the graph: {OrtMessage.Shorten(e.Message)}.", e);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }
}
