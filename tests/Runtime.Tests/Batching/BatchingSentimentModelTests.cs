using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class BatchingSentimentModelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public async Task PredictAsync_64Callers_EqualsPredictInLargerBatches()
    {
        using var batching = new BatchingSentimentModel(_model);
        using var gate = new WorkerGate(open: true);
        var texts = TestTexts.Random(seed: 21, count: 100);
        var expected = texts.Select(_model.Predict).ToArray();
        var before = gate.Batches.Length;

        var calls = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var text = (i + caller) % texts.Length;
                var found = await batching.PredictAsync(texts[text]);
                Assert.That(found.Logit, Is.EqualTo(expected[text].Logit).Within(TestModel.Tolerance), $"text {text}");
                Assert.That(found.Probability, Is.EqualTo(expected[text].Probability).Within(TestModel.Tolerance));
            }
        }));

        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.That(gate.Batches[before..].Sum(), Is.EqualTo(6_400), "every text is computed once");
        Assert.That(gate.Batches[before..].Max(), Is.GreaterThan(1), "callers share batches");
        Assert.That(batching.QueueLength, Is.EqualTo(0));
    }

    [Test]
    public async Task PredictAsync_IdleModel_ComputesTheTextAlone()
    {
        using var gate = new WorkerGate(open: true);
        using var batching = new BatchingSentimentModel(_model);
        foreach (var text in TestTexts.Hostile)
        {
            Assert.That(await batching.PredictAsync(text).WaitAsync(Patience), Is.EqualTo(_model.Predict(text)));
        }

        Assert.That(gate.Batches, Is.All.EqualTo(1));
    }

    [Test]
    public async Task PredictAsync_ListAndItsIds_EqualPredictInTheOrderOfTheTexts()
    {
        using var batching = new BatchingSentimentModel(_model);
        var texts = TestTexts.Random(seed: 22, count: 200);
        var expected = _model.Predict(texts).Select(prediction => prediction.Logit);

        var ofTexts = await batching.PredictAsync(texts).WaitAsync(Patience);
        var encoded = texts.Select(text => _model.Engine.Encoder.Encode(text));
        var batch = TokenBatch.Pad([.. encoded], minimumSequenceLength: 20);
        var ofIds = await batching.PredictAsync(batch).WaitAsync(Patience);

        Assert.That(ofTexts.Select(prediction => prediction.Logit), Is.EqualTo(expected).Within(TestModel.Tolerance));
        Assert.That(ofIds.Select(prediction => prediction.Logit), Is.EqualTo(expected).Within(TestModel.Tolerance));
        Assert.That(batching.Statistics.Texts, Is.EqualTo(400));
        Assert.That(await batching.PredictAsync(Array.Empty<string>()), Is.Empty);
    }

    [Test]
    public void PredictAsync_ListThatNeverFits_SaysSo()
    {
        using var batching = new BatchingSentimentModel(_model, new() { MaximumQueueLength = 2 });

        Assert.That(
            () => batching.PredictAsync(["word3", "word4", "word5"]),
            Throws.ArgumentException.With.Message.StartsWith(
                "There are 3 texts, but the queue never holds more than 2"));
        Assert.That(
            () => batching.PredictAsync(["word3", null!]),
            Throws.ArgumentException.With.Message.StartsWith("Text 1 is null."));
        Assert.That(
            () => batching.PredictAsync(TokenBatch.Pad([[1, 50]])),
            Throws.ArgumentException.With.Message.StartsWith("The id 50 at position 1 is not in the vocabulary"));
        Assert.That(
            () => batching.PredictAsync(["word3"], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(batching.Statistics.Texts, Is.EqualTo(0));
    }

    // The worker ends when nothing waits; a text that comes just then must not wait for the next one.
    [Test]
    public async Task PredictAsync_OneAfterTheOther_WakesAWorkerEveryTime()
    {
        using var batching = new BatchingSentimentModel(_model);
        for (var i = 0; i < 2_000; i++)
        {
            await batching.PredictAsync("word3").WaitAsync(Patience);
        }

        Assert.That(batching.QueueLength, Is.EqualTo(0));
    }

    [Test]
    public async Task PredictAsync_LongTextAmongShortOnes_IsComputedInItsTurn()
    {
        using var model = TestModel.Load(new() { Threads = 1, MaximumBatchTokens = 20 });
        using var batching = new BatchingSentimentModel(model, new() { MaximumQueueLength = 10_000 });
        using var gate = new WorkerGate();
        var first = batching.PredictAsync("word3");
        gate.WaitUntilHeld();
        var before = Many(batching, 5);
        var longText = batching.PredictAsync(string.Join(' ', Enumerable.Repeat("word4", 12)));
        var after = Many(batching, 500);

        gate.Open();

        await Task.WhenAll([first, .. before, longText, .. after]).WaitAsync(Patience);
        Assert.That(
            gate.Batches[..4],
            Is.EqualTo(new[] { 1, 10, 1, 10 }),
            "the first, those before the long text, it alone, the others");
    }

    [Test]
    public void PredictAsync_CancelledBefore_IsCancelled()
    {
        using var batching = new BatchingSentimentModel(_model);

        Assert.That(batching.PredictAsync("word3", new CancellationToken(canceled: true)).IsCanceled);
        Assert.That(() => batching.PredictAsync((string)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void PredictAsync_AfterDispose_FailsWithObjectDisposed()
    {
        var batching = new BatchingSentimentModel(_model);
        batching.Dispose();
        batching.Dispose();

        Assert.That(
            () => batching.PredictAsync("word3").WaitAsync(Patience),
            Throws.TypeOf<ObjectDisposedException>().With.Property("ObjectName").EqualTo(
                typeof(BatchingSentimentModel).FullName));
    }

    // A registration that stays costs some 400 bytes a text, for as long as its token lives.
    [Test]
    public async Task PredictAsync_ManyTextsUnderOneLongLivedToken_KeepsNothingOfThem()
    {
        using var batching = new BatchingSentimentModel(_model);
        using var living = new CancellationTokenSource();
        await PredictAsync(200);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await PredictAsync(2_000);

        // What other threads have in use for the moment is not kept.
        Assert.That(
            () => GC.GetTotalMemory(forceFullCollection: true) - before,
            Is.LessThan(200_000).After(5_000, pollingInterval: 50), "bytes kept");

        async Task PredictAsync(int texts)
        {
            for (var i = 0; i < texts; i++)
            {
                await batching.PredictAsync("word3", living.Token).WaitAsync(Patience);
            }
        }
    }

    [TestCase(0, 1, "MaximumQueueLength is 0")]
    [TestCase(16_385, 1, "MaximumQueueLength is 16385")]
    [TestCase(1, 0, "Deadline is 00:00:00")]
    [TestCase(1, -1, "Deadline is -00:00:01")]
    [TestCase(1, 3_601, "Deadline is 01:00:01")]
    public void Constructor_OptionOutOfRange_SaysSo(int queueLength, int seconds, string message)
    {
        var options =
            new BatchingOptions { MaximumQueueLength = queueLength, Deadline = TimeSpan.FromSeconds(seconds) };

        Assert.That(
            () => new BatchingSentimentModel(_model, options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message));
    }

    private static Task<SentimentPrediction>[] Many(BatchingSentimentModel model, int count) =>
        [.. Enumerable.Range(0, count).Select(i => model.PredictAsync($"word{3 + (i % 40)}"))];
}
