namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// The queue while its only worker is held, so that texts wait for certain, and with a clock that tests move.
/// </summary>
public class BatchQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BatchingOptions _options = new() { MaximumQueueLength = 3, Deadline = TimeSpan.FromSeconds(10) };
    private SentimentModel _model = null!;
    private FakeClock _clock = null!;
    private BatchQueue _queue = null!;
    private WorkerGate _gate = null!;
    private Task<SentimentPrediction> _running = null!;

    [SetUp]
    public void HoldTheWorker()
    {
        _model = TestModel.Load(new() { Threads = 1 });
        _clock = new FakeClock();
        _queue = new BatchQueue(_model.Engine, _options, _clock);
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
        Assert.That(
            refused.Exception?.InnerException, Is.TypeOf<QueueFullException>().With.Property("QueueLength").EqualTo(3));
        Assert.That(_queue.Length, Is.EqualTo(3));
        _gate.Open();
        await Task.WhenAll(waiting).WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task Enqueue_WaitingTextCancelled_IsNeverComputedAndGivesItsPlaceFree()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _queue.Enqueue(_model.Engine.Prepare("word4"), cancellation.Token);
        var others = new[] { Enqueue("word5"), Enqueue("word6") };

        await cancellation.CancelAsync();

        Assert.That(cancelled.IsCanceled, "at once, although the worker is held");
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

        Assert.That(
            refused.Exception?.InnerException,
            Is.TypeOf<QueueFullException>().With.Property("QueueLength").EqualTo(1).And.Message.Contains("3"));
        Assert.That(_queue.Length, Is.EqualTo(3));
        _gate.Open();
        await single.WaitAsync(Patience);
        var logits = (await taken.WaitAsync(Patience)).Select(prediction => prediction.Logit);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 3 }), "one batch with the other caller's text");
        Assert.That(
            logits,
            Is.EqualTo(new[] { _model.Predict("word5").Logit, _model.Predict("word6").Logit }).Within(
                TestModel.Tolerance));
    }

    [Test]
    public async Task Enqueue_ListCancelled_IsNeverComputed()
    {
        using var cancellation = new CancellationTokenSource();
        var list = _queue.Enqueue([Input(4), Input(5)], cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(() => list.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_queue.Length, Is.EqualTo(0));
        _gate.Open();
        await _running.WaitAsync(Patience);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1 }));
    }

    // Nothing asks for the length here: that alone removes what was cancelled, and hides a worker that does not.
    [Test]
    public async Task Work_TextsCancelledWhileItWasBusy_ComputesOnlyTheRest()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _queue.Enqueue([Input(4), Input(5)], cancellation.Token);
        var kept = Enqueue("word6");

        await cancellation.CancelAsync();
        _gate.Open();
        await kept.WaitAsync(Patience);

        Assert.That(cancelled.IsCanceled);
        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task Work_OnlyCancelledTextsLeft_ComputesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        _ = _queue.Enqueue([Input(4), Input(5)], cancellation.Token);

        await cancellation.CancelAsync();
        _gate.Open();
        await _running.WaitAsync(Patience);
        await Enqueue("word6").WaitAsync(Patience);

        Assert.That(_gate.Batches, Is.EqualTo(new[] { 1, 1 }));
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
    public void Enqueue_ManyTimeOutUnderOneLongLivedToken_KeepsNothingOfThem()
    {
        using var living = new CancellationTokenSource();
        TimeOut(100);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        TimeOut(2_000);

        // What other threads have in use for the moment is not kept.
        Assert.That(
            () => GC.GetTotalMemory(forceFullCollection: true) - before,
            Is.LessThan(200_000).After(5_000, pollingInterval: 50), "bytes kept");

        void TimeOut(int texts)
        {
            for (var i = 0; i < texts; i++)
            {
                var waiting = _queue.Enqueue(Input(4), living.Token);
                _clock.Advance(_options.Deadline + TimeSpan.FromMilliseconds(1));
                Assert.That(waiting.IsFaulted);
            }
        }
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
        var options = new BatchingOptions { Deadline = TimeSpan.FromMilliseconds(30) };
        var queue = new BatchQueue(_model.Engine, options, TimeProvider.System);
        HoldTheWorkerOf(queue);

        var waiting = queue.Enqueue(Input(4), CancellationToken.None);

        Assert.That(
            () => waiting.WaitAsync(Patience), Throws.TypeOf<TimeoutException>().With.Message.Contains("0.03 s"));
        queue.Close();
    }

    [Test]
    public async Task Close_TextsWait_FailsThemAndLetsTheRunEnd()
    {
        var waiting = Enqueue("word4");

        _queue.Close();

        Assert.That(waiting.Exception?.InnerException, Is.TypeOf<ObjectDisposedException>());
        Assert.That(
            Enqueue("word5").Exception?.InnerException, Is.TypeOf<ObjectDisposedException>(), "nor does another begin");
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
    private void HoldTheWorkerOf(BatchQueue queue)
    {
        while (_gate.Held == 1)
        {
            var text = queue.Enqueue(Input(3), CancellationToken.None);
            Assert.That(SpinWait.SpinUntil(() => text.IsCompleted || _gate.Held > 1, Patience));
        }
    }

    private static ModelInput Input(int id) => ModelInput.Of([1, id]);

    private Task<SentimentPrediction[]> EnqueueAll(params string[] texts) =>
        _queue.Enqueue([.. texts.Select(text => _model.Engine.Prepare(text))], CancellationToken.None);

    private Task<SentimentPrediction> Enqueue(string text) =>
        _queue.Enqueue(_model.Engine.Prepare(text), CancellationToken.None);
}
