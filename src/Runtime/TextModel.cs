using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// A sentiment classifier whose file tokenises itself (<c>export --input text</c>): it runs texts through the graph as
/// any other host of ONNX Runtime would. <see cref="SentimentModel"/>, with a file that reads ids, is faster on lists,
/// because it sorts texts by length and uses all cores. All members are thread-safe.
/// </summary>
/// <remarks>Disposing while calls are under way is safe: runs that have begun end undisturbed.</remarks>
public sealed class TextModel : IDisposable
{
    // Bounds the memory: the graph pads all texts of a run to the longest of them before it cuts them off.
    private const int TextsAtOnce = 32;

    private readonly TextSession _session;

    private TextModel(TextSession session, ModelMetadata metadata)
    {
        _session = session;
        Metadata = metadata;
    }

    /// <summary>What the file says about itself: architecture, text settings, labels, figures, vocabulary.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The class names, in the order of <see cref="SentimentPrediction.Probabilities"/>.</summary>
    public IReadOnlyList<string> Labels => Metadata.Labels;

    /// <summary>The numbers that the graph gives a text; see <see cref="SentimentModel.Outputs"/>.</summary>
    public int Outputs => _session.Outputs;

    /// <summary>Loads a model. The file is read once and may be replaced or deleted afterwards.</summary>
    /// <param name="path">A file that <c>onnx-sentiment export --input text</c> wrote.</param>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, is no ONNX model or is damaged, lacks the metadata or has other inputs and outputs; or the
    /// app brings no native library of ONNX Runtime.
    /// </exception>
    public static TextModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load(ModelLoader.Read(path), $"The model '{path}'");
    }

    /// <summary>Loads a model from the bytes that follow in a stream, which stays open.</summary>
    /// <param name="stream">The contents of a file that <c>onnx-sentiment export --input text</c> wrote.</param>
    /// <exception cref="InvalidInputException">As for a path; errors of the stream itself come as they are.</exception>
    public static TextModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Load(copy.ToArray(), "The model of the stream");
    }

    /// <summary>Classifies one text, on the calling thread.</summary>
    /// <param name="text">Any UTF-16 units; an empty text too has a prediction.</param>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public SentimentPrediction Predict(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Predict([text])[0];
    }

    /// <summary>Classifies many texts, on the calling thread.</summary>
    /// <param name="texts">Any number of texts; the list must not change during the call.</param>
    /// <returns>A prediction for each text, in the order of the texts, its label as the graph wrote it.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed, perhaps in the middle of the list.</exception>
    public IReadOnlyList<SentimentPrediction> Predict(IReadOnlyList<string> texts)
    {
        CheckTexts(texts);
        return [.. texts.Chunk(TextsAtOnce).SelectMany(PredictBatch)];
    }

    /// <summary>Computes the numbers of many texts, on the calling thread.</summary>
    /// <param name="texts">Any number of texts; the list must not change during the call.</param>
    /// <param name="logits">Receives the logits, row by row, <c>[texts.Count · Outputs]</c>.</param>
    /// <param name="probabilities">Receives the probabilities, row by row, <c>[texts.Count · Outputs]</c>.</param>
    /// <exception cref="ArgumentException">A text is null, or a span has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed, perhaps in the middle of the list.</exception>
    public void Score(IReadOnlyList<string> texts, Span<float> logits, Span<float> probabilities)
    {
        CheckTexts(texts);
        var count = texts.Count * Outputs;
        if (logits.Length != count || probabilities.Length != count)
        {
            throw new ArgumentException(
                $"There are {logits.Length} logits and {probabilities.Length} probabilities, but {count} of both were expected: {Outputs} for each text.");
        }

        foreach (var chunk in texts.Chunk(TextsAtOnce))
        {
            var results = _session.Run(chunk);
            results.Logits.CopyTo(logits);
            results.Probabilities.CopyTo(probabilities);
            logits = logits[results.Logits.Length..];
            probabilities = probabilities[results.Probabilities.Length..];
        }
    }

    /// <summary>Frees the native memory once no call uses it any more. Further calls do nothing.</summary>
    public void Dispose() => _session.Dispose();

    private static void CheckTexts(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null)
            {
                throw new ArgumentException($"Text {i} is null.", nameof(texts));
            }
        }
    }

    private IEnumerable<SentimentPrediction> PredictBatch(string[] texts)
    {
        var (labels, logits, probabilities) = _session.Run(texts);
        return labels.Select((label, row) => SentimentPrediction.Of(
            label, logits.AsSpan(row * Outputs, Outputs), probabilities.AsSpan(row * Outputs, Outputs)));
    }

    private static TextModel Load(byte[] model, string name)
    {
        SessionFactory.CheckNativeLibrary();
        var (session, metadata) = ModelLoader.LoadText(model, name);
        return new TextModel(session, metadata);
    }
}
