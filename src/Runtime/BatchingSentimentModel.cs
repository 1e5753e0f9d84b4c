using OnnxSentiment.Runtime.Internals.Batching;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Lets many callers share batches: while all cores are busy, texts wait, and whichever core becomes free takes the one that
/// has waited longest together with those most like it in length. An idle model computes a single text at once; nobody
/// waits for a batch to fill. All members are thread-safe.
/// </summary>
/// <remarks>
/// A prediction depends on the batch in its last digits, as said at
/// <see cref="SentimentModel.Predict(IReadOnlyList{string})"/>. Disposing fails what waits; runs under way end undisturbed.
/// </remarks>
public sealed class BatchingSentimentModel : IDisposable
{
    private readonly SentimentModel _model;
    private readonly BatchQueue _queue;

    /// <summary>Puts a queue before a model, which stays the caller's to dispose, after this.</summary>
    /// <param name="model">Its options say how many batches run side by side, and how large they are.</param>
    /// <param name="options">How to queue; null for the defaults.</param>
    /// <exception cref="Core.InvalidInputException">An option is out of its range.</exception>
    public BatchingSentimentModel(SentimentModel model, BatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        options = (options ?? new BatchingOptions()).Validated();
        MaximumQueueLength = options.MaximumQueueLength;
        _queue = new BatchQueue(model, options, TimeProvider.System);
    }

    /// <summary>The texts that wait at most.</summary>
    public int MaximumQueueLength { get; }

    /// <summary>The texts that wait now.</summary>
    public int QueueLength => _queue.Length;

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
            : _queue.Enqueue(_model.Encoder.Encode(text), cancellation);
    }

    /// <summary>Fails the texts that wait with <see cref="ObjectDisposedException"/>. Further calls do nothing.</summary>
    public void Dispose() => _queue.Close();
}
