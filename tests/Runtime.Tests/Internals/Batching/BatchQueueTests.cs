namespace OnnxSentiment.Runtime.Tests;

/// <summary>The queue while its only worker is held, so that texts wait for certain, and with a clock that tests move.</summary>
public class BatchQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BatchingOptions _options = new() { MaximumQueueLength = 3, Deadline = TimeSpan.FromSeconds(10) };
    private SentimentModel _model = null!;
    private FakeClock _clock = null!;
    private LogRecords _log = null!;
    private BatchQueue _queue = null!;
    private WorkerGate _gate = null!;
    private Task<SentimentPrediction> _running = null!;

    [SetUp]
    public void HoldTheWorker()
    {
        _model = TestModel.Load(new() { Threads = 1 });
        _clock = new FakeClock();
        _log = new LogRecords();
        _queue = new BatchQueue(_model, _options, _clock, _log);
        _gate = new WorkerGate();
        _running = Enqueue("word3");
        _gate.WaitUntilHeld();
    }

    [TearDown]
    public void Free()
    {
        _gate.Dispose();
        _queue.Close();
        _model.Dispose();
    }

    [Test]
    public async Task Enqueue_QueueFull_FailsAtOnceAndTheOthersAreComputed()
    {
        var waiting = new[] { Enqueue("word4"), Enqueue("word5"), Enqueue("word6") };

        var refused = Enqueue("word7");

        Assert.That(refused.IsFaulted);
        Assert.That(refused.Exception?.InnerException, Is.TypeOf<QueueFullException>().With.Property("QueueLength").EqualTo(3));
        Assert.That(_queue.Length, Is.EqualTo(3));
        _gate.Open();
        await Task.WhenAll(waiting).WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task Enqueue_QueueFullAgainAndAgain_IsLoggedOnceUntilABatchBegins()
    {
        var waiting = new[] { Enqueue("word4"), Enqueue("word5"), Enqueue("word6") };
        foreach (var refused in new[] { Enqueue("word7"), Enqueue("word8") })
        {
            Assert.That(async () => await refused, Throws.TypeOf<QueueFullException>());
        }

        Assert.That(_log.Messages, Has.Exactly(1).StartsWith("3 texts wait"));
        _gate.Open();
        await Task.WhenAll(waiting).WaitAsync(Patience);

        using var gate = new WorkerGate();
        var running = Enqueue("word3");
        gate.WaitUntilHeld();
        Task<SentimentPrediction>[] more = [Enqueue("word4"), Enqueue("word5"), Enqueue("word6"), Enqueue("word7")];
        Assert.That(_log.Messages, Has.Exactly(2).StartsWith("3 texts wait"));
        gate.Open();
        await Task.WhenAll([running, .. more[..3]]).WaitAsync(Patience);
        Assert.That(more[3].IsFaulted);
    }

    // Between two looks at the clock a busy machine can pass any deadline, and timers refuse times in the past.
    [TestCase(0, ExpectedResult = 1_001)]
    [TestCase(400, ExpectedResult = 601)]
    [TestCase(1_000, ExpectedResult = 1)]
    [TestCase(1_002, ExpectedResult = 1)]
    [TestCase(60_000, ExpectedResult = 1)]
    public double DelayAfter_AnyTimeWaited_IsInTheFuture(int waited) =>
        BatchQueue.DelayAfter(TimeSpan.FromMilliseconds(waited), deadline: TimeSpan.FromSeconds(1)).TotalMilliseconds;

    [Test]
    public async Task Enqueue_WaitingTextCancelled_IsNeverComputedAndGivesItsPlaceFree()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _queue.Enqueue(_model.Encoder.Encode("word4"), cancellation.Token);
        var others = new[] { Enqueue("word5"), Enqueue("word6") };

        await cancellation.CancelAsync();

        Assert.That(cancelled.IsCanceled, "at once, although the worker is held");
        Assert.That(_queue.Length, Is.EqualTo(2));
        var another = Enqueue("word7");
        _gate.Open();
        await Task.WhenAll([.. others, another]).WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task Enqueue_ListThatDoesNotFit_IsRefusedWholeAndASmallerOneIsNot()
    {
        var single = Enqueue("word4");

        var refused = EnqueueAll("word5", "word6", "word7");
        var taken = EnqueueAll("word5", "word6");

        Assert.That(refused.Exception?.InnerException, Is.TypeOf<QueueFullException>().With.Property("QueueLength").EqualTo(1)
            .And.Message.StartsWith("1 texts wait already, and the queue holds 3"));
        Assert.That(_queue.Length, Is.EqualTo(3));
        _gate.Open();
        await single.WaitAsync(Patience);
        var logits = (await taken.WaitAsync(Patience)).Select(prediction => prediction.Logit);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 3 }), "one batch with the other caller's text");
        Assert.That(logits, Is.EqualTo(new[] { _model.Predict("word5").Logit, _model.Predict("word6").Logit }).Within(TestModel.Tolerance));
    }

    [Test]
    public async Task Enqueue_ListCancelled_IsNeverComputed()
    {
        using var cancellation = new CancellationTokenSource();
        var list = _queue.Enqueue([[1, 4], [1, 5]], cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(() => list.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_queue.Length, Is.EqualTo(0));
        _gate.Open();
        await _running.WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Statistics_AfterBatches_AddUpTextsRunsAndWaiting()
    {
        var waiting = EnqueueAll("word4", "word5");
        _clock.Advance(TimeSpan.FromSeconds(2));
        _gate.Open();
        await Task.WhenAll(waiting, _running).WaitAsync(Patience);

        var statistics = _queue.Statistics;

        Assert.That((statistics.Texts, statistics.Batches), Is.EqualTo((3, 2)));
        Assert.That(statistics.QueueTime, Is.EqualTo(TimeSpan.FromSeconds(4)), "two texts waited two seconds each");
    }

    [Test]
    public void Enqueue_ListAfterClose_Fails()
    {
        var list = EnqueueAll("word4", "word5");

        _queue.Close();

        Assert.That(() => list.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(EnqueueAll("word4").Exception?.InnerException, Is.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Enqueue_DeadlineWhileTheWorkerComputes_FailsOnTime()
    {
        var first = Enqueue("word4");
        _clock.Advance(TimeSpan.FromSeconds(6));
        var second = Enqueue("word5");

        _clock.Advance(TimeSpan.FromSeconds(3.9));
        Assert.That(first.IsCompleted, Is.False, "9.9 of 10 seconds");
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(first.Exception?.InnerException, Is.TypeOf<TimeoutException>().With.Message.Contains("10 s"));
        Assert.That(second.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That(second.Exception?.InnerException, Is.TypeOf<TimeoutException>());
        Assert.That(_queue.Length, Is.EqualTo(0));

        _gate.Open();
        await _running.WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1 }), "what timed out costs no computation");
    }

    [Test]
    public async Task Enqueue_AfterAnIdleTime_HasADeadlineOfItsOwn()
    {
        _gate.Open();
        await _running.WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await Enqueue("word4").WaitAsync(Patience), Is.EqualTo(_model.Predict("word4")));
    }

    [Test]
    public void Enqueue_DeadlineInRealTime_FailsWhileTheWorkerIsHeld()
    {
        var queue = new BatchQueue(_model, new() { Deadline = TimeSpan.FromMilliseconds(30) }, TimeProvider.System);
        Assert.That(SpinWait.SpinUntil(HoldsTheWorkerOf(queue), Patience));

        var waiting = queue.Enqueue([1, 4], CancellationToken.None);

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<TimeoutException>().With.Message.Contains("0.03 s"));
        queue.Close();
    }

    [Test]
    public async Task Close_TextsWait_FailsThemAndLetsTheRunEnd()
    {
        var waiting = Enqueue("word4");

        _queue.Close();

        Assert.That(waiting.Exception?.InnerException, Is.TypeOf<ObjectDisposedException>());
        Assert.That(Enqueue("word5").Exception?.InnerException, Is.TypeOf<ObjectDisposedException>(), "nor does another begin");
        _gate.Open();
        Assert.That(await _running.WaitAsync(Patience), Is.EqualTo(_model.Predict("word3")));
    }

    [Test]
    public void Enqueue_ModelDisposedMeanwhile_FailsWithObjectDisposed()
    {
        var waiting = Enqueue("word4");

        _model.Dispose();
        _gate.Open();

        Assert.That(() => _running.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
    }

    // On a busy machine a text may time out before the worker comes for it; then another has to.
    private Func<bool> HoldsTheWorkerOf(BatchQueue queue) => () =>
    {
        _ = queue.Enqueue([1, 3], CancellationToken.None);
        Thread.Sleep(20);
        return _gate.Held > 1;
    };

    private Task<SentimentPrediction[]> EnqueueAll(params string[] texts) =>
        _queue.Enqueue([.. texts.Select(text => _model.Encoder.Encode(text))], CancellationToken.None);

    private Task<SentimentPrediction> Enqueue(string text) => _queue.Enqueue(_model.Encoder.Encode(text), CancellationToken.None);
}
