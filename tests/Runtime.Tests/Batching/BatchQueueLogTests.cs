namespace OnnxSentiment.Runtime.Tests;

/// <summary>A full queue is logged once, not for each refused text, until half of it is free again.</summary>
public class BatchQueueLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BatchingOptions _options = new() { MaximumQueueLength = 3 };
    private LogRecords _log = null!;

    [SetUp]
    public void ForgetWhatWasLogged() => _log = new LogRecords();

    [Test]
    public async Task Enqueue_QueueFullAgainAndAgain_IsLoggedOnceUntilABatchBegins()
    {
        using var model = TestModel.Load(new() { Threads = 1 });
        var queue = new BatchQueue(model.Engine, _options, TimeProvider.System, _log);
        for (var round = 1; round <= 2; round++)
        {
            using var gate = new WorkerGate();
            var taken = FillOnceHeld(queue, gate);
            foreach (var id in new[] { 7, 8 })
            {
                Assert.That(() => Enqueue(queue, id), Throws.TypeOf<QueueFullException>());
            }

            Assert.That(_log.Messages, Has.Exactly(round).StartsWith("3 texts wait"));
            gate.Open();
            await Task.WhenAll(taken).WaitAsync(Patience);
        }

        queue.Close();
    }

    [Test]
    public async Task Enqueue_FullAgainBeforeHalfIsFree_IsNotLoggedAgain()
    {
        using var model = TestModel.Load(new() { Threads = 1, MaximumBatchTokens = 2 });
        var queue = new BatchQueue(model.Engine, _options, TimeProvider.System, _log);
        using var gate = new WorkerGate();
        var taken = FillOnceHeld(queue, gate);
        Assert.That(() => Enqueue(queue, 7), Throws.TypeOf<QueueFullException>());

        gate.LetPass(1);
        gate.WaitUntilHeld(workers: 2);
        var another = Enqueue(queue, 7);
        Assert.That(() => Enqueue(queue, 8), Throws.TypeOf<QueueFullException>());

        Assert.That(_log.Messages, Has.Exactly(1).StartsWith("3 texts wait"), "a batch of one text left two of three");
        gate.Open();
        await Task.WhenAll([another, .. taken]).WaitAsync(Patience);
        queue.Close();
    }

    private static List<Task<SentimentPrediction>> FillOnceHeld(BatchQueue queue, WorkerGate gate)
    {
        var running = Enqueue(queue, 3);
        gate.WaitUntilHeld();
        return [running, Enqueue(queue, 4), Enqueue(queue, 5), Enqueue(queue, 6)];
    }

    private static Task<SentimentPrediction> Enqueue(BatchQueue queue, int id) =>
        queue.Enqueue(ModelInput.Of([1, id]), CancellationToken.None);
}
