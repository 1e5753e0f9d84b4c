using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>A graph that reads texts, on the CPU.</summary>
internal sealed class TextSession(InferenceSession session) : GraphSession(session)
{
    private static readonly string[] InputNames = [GraphNames.Text];
    private static readonly string[] OutputNames = [GraphNames.Label, GraphNames.Logit, GraphNames.Probability];

    /// <summary>Computes one batch of at least one text: labels, and logits and probabilities row by row.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot be computed for these texts.</exception>
    public (string[] Labels, float[] Logits, float[] Probabilities) Run(string[] texts, CancellationToken cancellation)
    {
        Enter();
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var results = Compute(texts, cancellation);
            Metrics.OnRun(texts.Length, ids: [], Stopwatch.GetElapsedTime(start));
            return results;
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime could not compute a batch of {texts.Length} texts: {e.Message}", e);
        }
        finally
        {
            Exit();
        }
    }

    private (string[] Labels, float[] Logits, float[] Probabilities) Compute(
        string[] texts, CancellationToken cancellation)
    {
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var registration = cancellation.UnsafeRegister(
            static options => ((RunOptions)options!).Terminate = true, options);
        using var input = ToTensor(texts);
        using var outputs = Session.Run(options, InputNames, [input], OutputNames);
        return (outputs[0].GetStringTensorAsArray(), ToArray(outputs[1]), ToArray(outputs[2]));
    }

    // Element by element with its length: tensors made from arrays of strings end a text at its first NUL.
    private static OrtValue ToTensor(string[] texts)
    {
        var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [texts.Length]);
        for (var i = 0; i < texts.Length; i++)
        {
            tensor.StringTensorSetElementAt(texts[i].AsSpan(), i);
        }

        return tensor;
    }

    private static float[] ToArray(OrtValue tensor) => tensor.GetTensorDataAsSpan<float>().ToArray();
}
