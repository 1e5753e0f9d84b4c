using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// A sentiment classifier from one exported file, which holds all it needs. All members are thread-safe: load a file
/// once and share the model in the whole process.
/// </summary>
/// <remarks>
/// Disposing while calls are in flight is safe: it returns at once, a run in flight completes undisturbed and the last
/// one frees the memory, and whatever would begin later, the rest of a list included, throws
/// <see cref="ObjectDisposedException"/>. A process that is about to end waits for the runs with
/// <see cref="DisposeAsync"/>.
/// </remarks>
public sealed class SentimentModel : IDisposable, IAsyncDisposable
{
    private readonly ListPredictor _lists;

    private SentimentModel(Engine engine)
    {
        Engine = engine;
        _lists = new ListPredictor(engine, engine.Limits);
    }

    /// <summary>What the file says about itself: architecture, text settings, labels, metrics, vocabulary.</summary>
    public ModelMetadata Metadata => Engine.Metadata;

    /// <summary>The class names, in the order of <see cref="SentimentPrediction.Probabilities"/>.</summary>
    public IReadOnlyList<string> Labels => Metadata.Labels;

    /// <summary>
    /// The number of logits per text, and of probabilities: 1 with two labels, the second label's, else one for each
    /// label.
    /// </summary>
    public int LogitCount => Engine.LogitCount;

    /// <summary>
    /// The ids of a text that the model reads at most, its start id included; of a longer text, the last.
    /// </summary>
    public int MaximumLength => Metadata.Text.MaximumLength;

    /// <summary>
    /// What the file's graph reads: token ids, or texts that it tokenizes itself. Calls with texts work for both kinds.
    /// </summary>
    public InputKind InputKind => Engine.InputKind;

    /// <summary>Where the model runs: <see cref="Device.Cpu"/> or a GPU, never <see cref="Device.Auto"/>.</summary>
    public Device Device => Engine.Device;

    /// <summary>How products are computed there, on which the differences to be expected depend.</summary>
    public ComputeMode ComputeMode => Engine.ComputeMode;

    internal Engine Engine { get; }

    /// <summary>Loads a model. The file is read once and may be replaced or deleted afterwards.</summary>
    /// <param name="path">A file that <c>onnx-sentiment export</c> wrote.</param>
    /// <param name="options">How to use the machine; null for the defaults.</param>
    /// <param name="logger">Receives what was loaded and where it runs; never anything of a text.</param>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, is no ONNX model or is damaged, lacks the metadata, has other inputs and outputs or
    /// does not fit its vocabulary; the app brings no native library of ONNX Runtime; or a GPU was asked for and cannot
    /// be used, of which the message says what is missing.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SentimentModel Load(string path, SentimentModelOptions? options = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load(ModelLoader.Read(path), path, options, logger);
    }

    /// <summary>Loads a model from the bytes that follow in a stream, which stays open.</summary>
    /// <param name="stream">The contents of a file that <c>onnx-sentiment export</c> wrote.</param>
    /// <param name="options">How to use the machine; null for the defaults.</param>
    /// <param name="logger">Receives what was loaded and where it runs; never anything of a text.</param>
    /// <exception cref="InvalidInputException">As for a path; errors of the stream itself come as they are.</exception>
    public static SentimentModel Load(Stream stream, SentimentModelOptions? options = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new SentimentModel(EngineLoader.Load(copy.ToArray(), "The model of the stream", options, logger));
    }

    /// <summary>Loads the bytes that were read from a path, which messages name.</summary>
    internal static SentimentModel Load(
        byte[] bytes, string path, SentimentModelOptions? options = null, ILogger? logger = null) =>
        new(EngineLoader.Load(bytes, $"The model '{path}'", options, logger));

    /// <summary>
    /// Computes a batch of the largest size for each of those that run in parallel, so that the first callers find
    /// memory and code in place; takes as long as these batches do.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void WarmUp()
    {
        var rows = Math.Max(1, Engine.Limits.BatchTokens / MaximumLength);
        var longest = string.Join(' ', Enumerable.Repeat("a", MaximumLength));
        Predict([.. Enumerable.Repeat(longest, rows * Engine.Limits.Runs)]);
    }

    /// <summary>
    /// Classifies one text, on the calling thread. Once warm, a model that reads token ids allocates nothing with two
    /// labels, and the prediction with more.
    /// </summary>
    /// <param name="text">Any UTF-16 units; an empty text too has a prediction.</param>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public SentimentPrediction Predict(string text) => Predict(text, CancellationToken.None);

    /// <summary>Classifies one text on a thread of the pool.</summary>
    /// <param name="text">Any UTF-16 units; an empty text too has a prediction.</param>
    /// <param name="cancellation">Stops the computation, even one under way, at the graph's next node.</param>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public Task<SentimentPrediction> PredictAsync(string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OnPool(() => Predict(text, cancellation), cancellation);
    }

    /// <summary>
    /// Classifies many texts, several at a time. A text's prediction is that of <see cref="Predict(string)"/> but for
    /// the rounding, which depends on the size of a batch: some 1e-6, and some 1e-2 for an int8 file.
    /// </summary>
    /// <param name="texts">Any number of texts; the list must not change during the call.</param>
    /// <returns>A prediction for each text, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The model has been disposed, perhaps in the middle of the list.
    /// </exception>
    public IReadOnlyList<SentimentPrediction> Predict(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Predict(texts, CancellationToken.None);
    }

    /// <summary>As <see cref="Predict(IReadOnlyList{string})"/>, on threads of the pool.</summary>
    /// <param name="texts">Any number of texts; the list must not change until the task has ended.</param>
    /// <param name="cancellation">Begins no further batch, and stops those under way at the graph's next node.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The model has been disposed, perhaps in the middle of the list.
    /// </exception>
    public Task<IReadOnlyList<SentimentPrediction>> PredictAsync(
        IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return OnPool(() => Predict(texts, cancellation), cancellation);
    }

    /// <summary>
    /// Classifies texts as they come, without end if need be: what has come by the time a part is done is the next
    /// part, of at most 4,096 texts, and up to as many are read ahead. So a slow source waits for nobody, and a fast
    /// one fills the cores.
    /// </summary>
    /// <param name="texts">The texts; read on threads of the pool.</param>
    /// <param name="cancellation">
    /// Stops the reading and the computation; a source that does not heed it is waited for.
    /// </param>
    /// <returns>A prediction for each text, in the order of the texts. Errors of the source come as they are.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IAsyncEnumerable<SentimentPrediction> PredictStreamAsync(
        IAsyncEnumerable<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return StreamPredictor.Predict(Predict, texts, cancellation);
    }

    /// <summary>
    /// Shows what each token that the model reads contributes: the log-odds of all of them less those without that one
    /// (leave-one-out), of the second of two labels, or of the predicted one of more. Of a text that is longer than the
    /// model reads, no earlier token takes the free place. Costs as many computations as the text has tokens, batched
    /// over the cores.
    /// </summary>
    /// <remarks>
    /// The weights are no parts of the logit and do not add up to it: two words that say the same thing cover for each
    /// other, and "not" and "bad" weigh by what each does beside the other.
    /// </remarks>
    /// <param name="text">Any UTF-16 units.</param>
    /// <param name="cancellation">Stops the computation at the graph's next node.</param>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public SentimentExplanation Explain(string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var activity = Tracing.Explain();
        try
        {
            return LeaveOneOut.Explain(Engine, _lists, text, cancellation);
        }
        catch (Exception e) when (Tracing.Fail(activity, e))
        {
            throw;
        }
    }

    /// <summary>Computes encoded texts as one batch, on the calling thread.</summary>
    /// <param name="batch">Ids of this model's vocabulary.</param>
    /// <param name="logits">Receives the logits, row by row, <c>[batch.Count · LogitCount]</c>.</param>
    /// <param name="probabilities">Receives the probabilities, row by row, <c>[batch.Count · LogitCount]</c>.</param>
    /// <exception cref="ArgumentException">A span has another length, or an id is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads texts and takes no token ids.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void Score(TokenBatch batch, Span<float> logits, Span<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Score(batch.Ids.Span, batch.SequenceLength, logits, probabilities);
    }

    /// <summary>
    /// Computes encoded texts as one batch, on the calling thread. Once a shape has occurred, allocates nothing.
    /// </summary>
    /// <param name="ids">
    /// Ids of this model's vocabulary, row by row, shape <c>[logits.Length / LogitCount, sequenceLength]</c>: each row
    /// has at least one id that is not 0, and zeros only after its last.
    /// </param>
    /// <param name="sequenceLength">The ids of one row, padding included; at least 1.</param>
    /// <param name="logits">
    /// Receives the logits, row by row; its length is the number of texts times <see cref="LogitCount"/>. With two
    /// labels they are the log-odds of the second.
    /// </param>
    /// <param name="probabilities">Receives the probabilities; as long as the logits.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit together, or the ids are not as described.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model reads texts and takes no token ids.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void Score(
        ReadOnlySpan<long> ids, int sequenceLength, Span<float> logits, Span<float> probabilities) =>
        IdsEngine.Of(Engine).Score(ids, sequenceLength, logits, probabilities);

    /// <summary>Frees the native memory once no call uses it any more. Further calls do nothing.</summary>
    public void Dispose() => Engine.Dispose();

    /// <summary>As <see cref="Dispose"/>, and ends when no run is left and the memory is free.</summary>
    public ValueTask DisposeAsync()
    {
        Engine.Dispose();
        return new ValueTask(Engine.Freed);
    }

    // First come, first served: a thread of the pool prefers its own latest work, so that of many callers who ask again
    // and again some would wait for seconds.
    private static Task<T> OnPool<T>(Func<T> compute, CancellationToken cancellation) => Task.Factory.StartNew(
        compute,
        cancellation,
        TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness,
        TaskScheduler.Default);

    private SentimentPrediction Predict(string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var activity = Tracing.Predict(texts: 1);
        try
        {
            return Engine.Predict(text, cancellation);
        }
        catch (Exception e) when (Tracing.Fail(activity, e))
        {
            throw;
        }
    }

    private IReadOnlyList<SentimentPrediction> Predict(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using var activity = Tracing.Predict(texts.Count);
        try
        {
            return _lists.Predict(texts, cancellation);
        }
        catch (Exception e) when (Tracing.Fail(activity, e))
        {
            throw;
        }
    }
}
