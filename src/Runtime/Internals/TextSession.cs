using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>A graph that reads texts, in ONNX Runtime, shared by all threads.</summary>
internal sealed class TextSession : IDisposable
{
    private static readonly string[] InputNames = [GraphNames.Text];
    private static readonly string[] OutputNames = [GraphNames.Label, GraphNames.Logit, GraphNames.Probability];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly SharedLifetime _lifetime;

    /// <summary>Takes over the session, and disposes it.</summary>
    public TextSession(InferenceSession session)
    {
        _session = session;
        Outputs = GraphSignature.OutputsOf(session);
        _lifetime = new SharedLifetime(() =>
        {
            _session.Dispose();
            _runOptions.Dispose();
        });
    }

    /// <summary>The numbers of each kind that the graph gives a text.</summary>
    public int Outputs { get; }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    /// <exception cref="Core.InvalidInputException">They cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Properties => SessionFactory.PropertiesOf(_session);

    /// <summary>Computes one batch of at least one text: labels, and logits and probabilities row by row.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot be computed for these texts.</exception>
    public (string[] Labels, float[] Logits, float[] Probabilities) Run(string[] texts)
    {
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), typeof(TextModel));
        try
        {
            using var input = ToTensor(texts);
            using var outputs = _session.Run(_runOptions, InputNames, [input], OutputNames);
            return (outputs[0].GetStringTensorAsArray(), ToArray(outputs[1]), ToArray(outputs[2]));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException(
                $"ONNX Runtime could not compute a batch of {texts.Length} texts: {e.Message}", e);
        }
        finally
        {
            _lifetime.Exit();
        }
    }

    /// <summary>Lets no further run begin; the last one under way frees the memory.</summary>
    public void Dispose() => _lifetime.End();

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
