using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OnnxSentiment.Runtime;

/// <summary>
/// The waiting texts, and the workers that compute them: work items of the thread pool that live as long as something
/// waits, at most as many as the engine runs batches in parallel. Thread-safe.
/// </summary>
internal sealed class BatchQueue
{
    private readonly Engine _engine;
    private readonly BatchingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // In the order of arrival, and so of their deadlines.
    private readonly List<BatchRequest> _waiting = [];
    private readonly ITimer _timer;
    private readonly BatchCounters _counters = new();
    private bool _timerRuns;
    private bool _refuses;
    private int _workers;
    private bool _closed;

    public BatchQueue(Engine engine, BatchingOptions options, TimeProvider clock, ILogger? logger = null)
    {
        _engine = engine;
        _options = options;
        _clock = clock;
        _logger = logger ?? NullLogger.Instance;

        // Made on the first caller's thread, whose context it must not keep.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(
                static queue => ((BatchQueue)queue!).OnTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }
    }

    public int Length
    {
        get
        {
            lock (_lock)
            {
                RemoveFinished();
                return _waiting.Count;
            }
        }
    }

    /// <summary>What has been computed so far.</summary>
    public BatchingStatistics Statistics => _counters.ToStatistics();

    public Task<SentimentPrediction> Enqueue(ModelInput input, CancellationToken cancellation)
    {
        int waiting;
        lock (_lock)
        {
            if (_closed)
            {
                return Task.FromException<SentimentPrediction>(Closed());
            }

            if (HasRoomFor(texts: 1, out waiting))
            {
                return Add(new BatchRequest(input, _clock.GetTimestamp(), cancellation));
            }
        }

        return Task.FromException<SentimentPrediction>(Refuse(waiting, texts: 1));
    }

    /// <summary>Queues all texts or none, so that a refused list costs no computation.</summary>
    public Task<SentimentPrediction[]> Enqueue(IReadOnlyList<ModelInput> texts, CancellationToken cancellation)
    {
        int waiting;
        lock (_lock)
        {
            if (_closed)
            {
                return Task.FromException<SentimentPrediction[]>(Closed());
            }

            if (HasRoomFor(texts.Count, out waiting))
            {
                var now = _clock.GetTimestamp();
                return Task.WhenAll([.. texts.Select(input => Add(new BatchRequest(input, now, cancellation)))]);
            }
        }

        return Task.FromException<SentimentPrediction[]>(Refuse(waiting, texts.Count));
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _waiting.ForEach(request => request.Fail(Closed()));
            _waiting.Clear();
            _timer.Dispose();
        }
    }

    private static ObjectDisposedException Closed() => new(typeof(BatchingSentimentModel).FullName);

    private Task<SentimentPrediction> Add(BatchRequest request)
    {
        _waiting.Add(request);
        EnsureTimer();
        EnsureWorker();
        return request.Task;
    }

    // Logged once until half of the queue is free again, not for each text, and not under the lock.
    private QueueFullException Refuse(int waiting, int texts)
    {
        Metrics.OnRefused(Metrics.QueueFull, texts);
        if (!Interlocked.Exchange(ref _refuses, true))
        {
            _logger.QueueFull(waiting, _options.MaximumQueueLength);
        }

        return new QueueFullException(waiting, _options.MaximumQueueLength);
    }

    private bool HasRoomFor(int texts, out int waiting)
    {
        if (_waiting.Count + texts > _options.MaximumQueueLength)
        {
            RemoveFinished();
        }

        waiting = _waiting.Count;
        return waiting + texts <= _options.MaximumQueueLength;
    }

    private void EnsureWorker()
    {
        if (_workers < _engine.Limits.Runs)
        {
            _workers++;
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Work(), this, preferLocal: false);
        }
    }

    // Not set again for every text: it runs until the first deadline that stood when it was set, and then looks for the
    // next.
    private void EnsureTimer()
    {
        if (!_timerRuns && _waiting.Count > 0)
        {
            _timerRuns = true;
            var waited = _clock.GetElapsedTime(_waiting[0].Enqueued);
            _timer.Change(DelayAfter(waited, _options.Deadline), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// When to look at a text again: a millisecond after its deadline, and never in the past, which timers refuse.
    /// </summary>
    internal static TimeSpan DelayAfter(TimeSpan waited, TimeSpan deadline) =>
        (waited < deadline ? deadline - waited : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1);

    // A deadline passes on time even while all workers compute.
    private void OnTimer()
    {
        lock (_lock)
        {
            RemoveFinished();
            _timerRuns = false;
            EnsureTimer();
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
            if (_waiting.Count == 0)
            {
                _workers--;
                return null;
            }

            var batch = BatchSelection.Take(_waiting, _engine.Limits.BatchTokens);
            if (_waiting.Count <= _options.MaximumQueueLength / 2)
            {
                Volatile.Write(ref _refuses, false);
            }

            return batch;
        }
    }

    private void RemoveFinished()
    {
        foreach (var request in _waiting)
        {
            if (_clock.GetElapsedTime(request.Enqueued) < _options.Deadline)
            {
                break;
            }

            if (request.Fail(new TimeoutException(
                $"The text waited longer than the deadline of {_options.Deadline.TotalSeconds:0.###} s; "
                + "the model is asked for more than it can compute.")))
            {
                Metrics.OnRefused(Metrics.DeadlinePassed, texts: 1);
            }
        }

        _waiting.RemoveAll(request => request.IsOver);
    }

    private void Compute(List<BatchRequest> batch)
    {
        foreach (var waited in batch.Select(request => _clock.GetElapsedTime(request.Enqueued)))
        {
            Metrics.OnDequeued(waited);
            _counters.OnDequeued(waited);
        }

        using var activity = Tracing.Batch(batch.Select(request => request.Caller), batch.Count);
        try
        {
            Run(batch);
        }
        catch (Exception e) when (Tracing.Fail(activity, e))
        {
            throw;
        }
    }

    private void Run(List<BatchRequest> batch)
    {
        var inputs = batch.ConvertAll(request => request.Input).ToArray();
        var predictions = new SentimentPrediction[inputs.Length];
        var start = _clock.GetTimestamp();
        _engine.Predict(inputs, predictions, CancellationToken.None);
        _counters.OnRun(batch.Count, _clock.GetElapsedTime(start));
        for (var row = 0; row < predictions.Length; row++)
        {
            batch[row].Complete(predictions[row]);
        }
    }
}
