using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Lets many callers share batches: while all cores are busy, texts wait, and whichever core becomes free takes the one
/// that has waited longest together with those most like it in length. An idle model computes a single text at once;
/// nobody waits for a batch to fill. All members are thread-safe.
/// </summary>
/// <remarks>
/// A prediction depends on the batch in its last digits, as said at
/// <see cref="SentimentModel.Predict(IReadOnlyList{string})"/>. Disposing fails what waits; runs in flight complete
/// undisturbed.
/// </remarks>
public sealed class BatchingSentimentModel : IDisposable
{
    private readonly Engine _engine;
    private readonly BatchQueue _queue;

    /// <summary>Puts a queue before a model, which stays the caller's to dispose, after this.</summary>
    /// <param name="model">Its options say how many batches run in parallel, and how large they are.</param>
    /// <param name="options">How to queue; null for the defaults.</param>
    /// <param name="logger">Receives a warning when the queue is full; never anything of a text.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BatchingSentimentModel(SentimentModel model, BatchingOptions? options = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _engine = model.Engine;
        options = (options ?? new BatchingOptions()).Validated();
        MaximumQueueLength = options.MaximumQueueLength;
        _queue = new BatchQueue(_engine, options, TimeProvider.System, logger);
    }

    /// <summary>The texts that wait at most.</summary>
    public int MaximumQueueLength { get; }

    /// <summary>The texts that wait now.</summary>
    public int QueueLength => _queue.Length;

    /// <summary>What has been computed so far; each of its numbers only ever grows.</summary>
    public BatchingStatistics Statistics => _queue.Statistics;

    /// <summary>Classifies one text in whatever batch comes next.</summary>
    /// <param name="text">Any UTF-16 units; encoded on the calling thread.</param>
    /// <param name="cancellation">Gives up waiting; a text that waits is then never computed.</param>
    /// <exception cref="QueueFullException">As many texts wait as the queue holds.</exception>
    /// <exception cref="TimeoutException">The text waited longer than the deadline.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">This or the model has been disposed.</exception>
    public Task<SentimentPrediction> PredictAsync(string text, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return cancellation.IsCancellationRequested
            ? Task.FromCanceled<SentimentPrediction>(cancellation)
            : _queue.Enqueue(_engine.Prepare(text), cancellation);
    }

    /// <summary>
    /// Classifies the texts of one caller, which share batches with those of others; all are queued, or none.
    /// </summary>
    /// <param name="texts">At most as many as the queue holds; encoded on the calling thread, and not kept.</param>
    /// <param name="cancellation">Gives up waiting; texts that wait are then never computed.</param>
    /// <returns>A prediction for each text, in the order of the texts.</returns>
    /// <exception cref="ArgumentException">A text is null, or there are more than the queue ever holds.</exception>
    /// <exception cref="QueueFullException">The queue has no room for all of them.</exception>
    /// <exception cref="TimeoutException">A text waited longer than the deadline.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">This or the model has been disposed.</exception>
    public async Task<IReadOnlyList<SentimentPrediction>> PredictAsync(
        IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        CheckCount(texts.Count);
        var inputs = texts.Select((text, i) =>
            _engine.Prepare(text ?? throw new ArgumentException($"Text {i} is null.", nameof(texts))));
        return await EnqueueAsync([.. inputs], cancellation).ConfigureAwait(false);
    }

    /// <summary>As for a list of texts, of texts that are encoded already.</summary>
    /// <param name="batch">Ids of the model's vocabulary; at most as many texts as the queue holds.</param>
    /// <param name="cancellation">Gives up waiting; texts that wait are then never computed.</param>
    /// <returns>A prediction for each row, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">
    /// An id is not in the vocabulary, or there are more texts than the queue ever holds.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model reads texts and takes no token ids.</exception>
    /// <exception cref="QueueFullException">The queue has no room for all of them.</exception>
    /// <exception cref="TimeoutException">A text waited longer than the deadline.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">This or the model has been disposed.</exception>
    public async Task<IReadOnlyList<SentimentPrediction>> PredictAsync(
        TokenBatch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckCount(batch.Count);
        BatchCheck.AreKnown(batch.Ids.Span, IdsEngine.Of(_engine).Metadata.Vocabulary.Count);
        var inputs = Enumerable.Range(0, batch.Count).Select(row => ModelInput.Of(batch[row].ToArray()));
        return await EnqueueAsync([.. inputs], cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Fails the texts that wait with <see cref="ObjectDisposedException"/>. Further calls do nothing.
    /// </summary>
    public void Dispose() => _queue.Close();

    private void CheckCount(int texts)
    {
        if (texts > MaximumQueueLength)
        {
            throw new ArgumentException(
                $"There are {texts} texts, but the queue never holds more than {MaximumQueueLength}: give fewer at "
                + $"once, or raise {nameof(BatchingOptions.MaximumQueueLength)}.",
                nameof(texts));
        }
    }

    private Task<SentimentPrediction[]> EnqueueAsync(ModelInput[] texts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _queue.Enqueue(texts, cancellation);
    }
}
