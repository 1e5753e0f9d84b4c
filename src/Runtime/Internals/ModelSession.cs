using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core.Models;

namespace OnnxSentiment.Runtime.Internals;

/// <summary>The graph in ONNX Runtime, shared by all threads: each run computes on the thread that asks for it.</summary>
internal sealed class ModelSession : IDisposable
{
    private static readonly string[] InputNames = [GraphNames.InputIds];
    private static readonly string[] OutputNames = [GraphNames.Logit, GraphNames.Probability];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly SharedLifetime _lifetime;

    /// <summary>Takes over the session, and disposes it.</summary>
    public ModelSession(InferenceSession session)
    {
        _session = session;
        _lifetime = new SharedLifetime(() =>
        {
            _session.Dispose();
            _runOptions.Dispose();
        });
    }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Computes one batch.</summary>
    /// <param name="ids">Shape <c>[logits.Length, sequenceLength]</c>, not empty.</param>
    /// <param name="sequenceLength">The ids of one row.</param>
    /// <param name="logits">Receives a value a row.</param>
    /// <param name="probabilities">Receives a value a row.</param>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot be computed for these ids.</exception>
    public void Run(
        ReadOnlySpan<long> ids, int sequenceLength, Span<float> logits, Span<float> probabilities)
    {
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), typeof(SentimentModel));
        try
        {
            RunPinned(ids, sequenceLength, logits, probabilities);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime could not compute a batch of {logits.Length} texts of {sequenceLength} ids: {e.Message}", e);
        }
        finally
        {
            _lifetime.Exit();
        }
    }

    /// <summary>Lets no further run begin; the last one under way frees the memory.</summary>
    public void Dispose() => _lifetime.End();

    private unsafe void RunPinned(
        ReadOnlySpan<long> ids, int sequenceLength, Span<float> logits, Span<float> probabilities)
    {
        long[] inputShape = [logits.Length, sequenceLength];
        long[] outputShape = [logits.Length, 1];
        fixed (long* idData = ids)
        fixed (float* logitData = logits, probabilityData = probabilities)
        {
            using var input = Wrap(TensorElementType.Int64, inputShape, idData, sizeof(long));
            using var logit = Wrap(TensorElementType.Float, outputShape, logitData, sizeof(float));
            using var probability = Wrap(TensorElementType.Float, outputShape, probabilityData, sizeof(float));
            _session.Run(_runOptions, InputNames, [input], OutputNames, [logit, probability]);
        }
    }

    private static unsafe OrtValue Wrap(TensorElementType type, long[] shape, void* data, int elementSize) =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, type, shape, (nint)data, shape[0] * shape[1] * elementSize);
}
