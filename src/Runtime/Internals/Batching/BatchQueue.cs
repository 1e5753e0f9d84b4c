using OnnxSentiment.Runtime.Internals.Telemetry;

namespace OnnxSentiment.Runtime.Internals.Batching;

/// <summary>
/// The waiting texts, and the workers that compute them: work items of the thread pool that live as long as something
/// waits, at most as many as the model runs batches side by side. Thread-safe.
/// </summary>
internal sealed class BatchQueue(SentimentModel model, BatchingOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<BatchRequest> _waiting = [];
    private int _workers;
    private bool _closed;

    public int Length
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    public Task<SentimentPrediction> Enqueue(long[] ids, CancellationToken cancellation)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(BatchingSentimentModel));
            if (_waiting.Count >= options.MaximumQueueLength)
            {
                RemoveFinished();
                if (_waiting.Count >= options.MaximumQueueLength)
                {
                    return Task.FromException<SentimentPrediction>(new QueueFullException(_waiting.Count));
                }
            }

            var request = new BatchRequest(ids, clock.GetTimestamp(), cancellation);
            _waiting.Add(request);
            if (_workers < model.Limits.Runs)
            {
                _workers++;
                ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Work(), this, preferLocal: false);
            }

            return request.Task;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _waiting.ForEach(request => request.Fail(new ObjectDisposedException(nameof(BatchingSentimentModel))));
            _waiting.Clear();
        }
    }

    private void Work()
    {
        while (NextBatch() is { } batch)
        {
            try
            {
                Compute(batch);
            }
            catch (Exception e)
            {
                batch.ForEach(request => request.Fail(e));
            }
        }
    }

    // The worker ends in the same lock in which nothing was left, so that no text waits without one.
    private List<BatchRequest>? NextBatch()
    {
        lock (_lock)
        {
            RemoveFinished();
            if (_waiting.Count > 0)
            {
                return BatchSelection.Take(_waiting, model.Limits.BatchTokens);
            }

            _workers--;
            return null;
        }
    }

    private void RemoveFinished()
    {
        foreach (var request in _waiting)
        {
            if (clock.GetElapsedTime(request.Enqueued) > options.Deadline)
            {
                request.Fail(new TimeoutException(
                    $"The text waited longer than the deadline of {options.Deadline.TotalSeconds:0.###} s; the model is asked for more than it can compute."));
            }
        }

        _waiting.RemoveAll(request => request.IsOver);
    }

    private void Compute(List<BatchRequest> batch)
    {
        batch.ForEach(request => Metrics.OnDequeued(clock.GetElapsedTime(request.Enqueued)));
        var length = batch.Max(request => request.Ids.Length);
        using var activity = Tracing.Batch(batch.Select(request => request.Caller), batch.Count);
        using var run = model.Session.Begin();
        var ids = run.Ids(batch.Count * length);
        foreach (var request in batch)
        {
            ids = Padding.FillRow(request.Ids, length, ids);
        }

        run.Compute(batch.Count, length);
        for (var row = 0; row < batch.Count; row++)
        {
            batch[row].Complete(model.ToPrediction(run.Logits[row], run.Probabilities[row]));
        }
    }
}
