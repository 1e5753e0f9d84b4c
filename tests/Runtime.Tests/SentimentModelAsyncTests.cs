using System.Diagnostics;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelAsyncTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly CancellationToken Cancelled = new(canceled: true);

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public async Task PredictAsync_Text_EqualsPredict()
    {
        using var cancellation = new CancellationTokenSource();
        foreach (var text in TestTexts.Random(seed: 5, count: 50).Concat(TestTexts.Hostile))
        {
            Assert.That(await _model.PredictAsync(text, cancellation.Token), Is.EqualTo(_model.Predict(text)));
        }
    }

    [Test]
    public async Task PredictAsync_List_EqualsPredict()
    {
        using var cancellation = new CancellationTokenSource();
        var texts = TestTexts.Random(seed: 6, count: 500);

        Assert.That(await _model.PredictAsync(texts, cancellation.Token), Is.EqualTo(_model.Predict(texts)));
        Assert.That(await _model.PredictAsync(Array.Empty<string>()), Is.Empty);
    }

    [Test]
    public void PredictAsync_NullArguments_Throw()
    {
        Assert.That(() => _model.PredictAsync((string)null!), Throws.ArgumentNullException);
        Assert.That(() => _model.PredictAsync((IReadOnlyList<string>)null!), Throws.ArgumentNullException);
        Assert.That(
            () => _model.PredictAsync(["a", null!]), Throws.ArgumentException.With.Message.Contains("Text 1 is null"));
    }

    [Test]
    public void PredictAsync_CancelledBefore_ComputesNothing()
    {
        using var gate = new WorkerGate(open: true);

        Assert.That(() => _model.PredictAsync("word3", Cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => _model.PredictAsync(["word3"], Cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => _model.Explain("word3", Cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Batches, Is.Empty);
    }

    // Each text is a batch of its own; the first one done shows that they run.
    [Test]
    public async Task PredictAsync_ListCancelledWhileItRuns_BeginsNoFurtherBatch()
    {
        using var model = TestModel.Load(FourLayers(), new() { Threads = 2, MaximumBatchTokens = 1_000 });
        var texts = Enumerable.Repeat(string.Concat(Enumerable.Repeat("word3 word4 ", 500)), 200).ToArray();
        var before = await model.PredictAsync("word5");
        using var gate = new WorkerGate(open: true);
        using var cancellation = new CancellationTokenSource();

        var running = model.PredictAsync(texts, cancellation.Token);
        Assert.That(SpinWait.SpinUntil(() => gate.Batches.Length > 0, Patience), "the first batch is done in time");
        await cancellation.CancelAsync();

        Assert.That(() => running.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Batches, Has.Length.LessThan(100), "of 200");
        Assert.That(await model.PredictAsync("word5"), Is.EqualTo(before), "the next run is undisturbed");
    }

    // A single batch, whose four layers are four nodes of a quarter of the time each.
    [Test]
    public void Compute_CancelledWhileItRuns_StopsTheBatch()
    {
        using var model = TestModel.Load(FourLayers());
        var full = ProcessorTimeOf(() => ComputeLargeBatch(model, CancellationToken.None));
        using var cancellation = new CancellationTokenSource();

        var cancelled = ProcessorTimeOf(() =>
        {
            var start = ProcessorTime();
            var running = Task.Run(() => ComputeLargeBatch(model, cancellation.Token));
            Assert.That(SpinWait.SpinUntil(() => ProcessorTime() - start >= full / 8, Patience));
            cancellation.Cancel();
            Assert.That(() => running.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        });

        TestContext.Out.WriteLine(
            $"{full.TotalMilliseconds:0} ms of processor time, cancelled {cancelled.TotalMilliseconds:0} ms");
        Assert.That(full, Is.GreaterThan(TimeSpan.FromSeconds(0.05)), "long enough to be cancelled");
        Assert.That(cancelled, Is.LessThan(full * 0.75));
    }

    [Test]
    public void Predict_BesideRunsThatAreCancelledAtAnyMoment_IsUndisturbed()
    {
        using var model = TestModel.Load(FourLayers());
        var text = string.Concat(Enumerable.Repeat("word3 word4 ", 40));
        var expected = model.Predict(text);
        Parallel.For(0, 1_000, new() { MaxDegreeOfParallelism = 8 }, i =>
        {
            Assert.That(model.Predict(text), Is.EqualTo(expected), $"call {i}");
            using var cancellation = new CancellationTokenSource();
            var call = model.PredictAsync(text, cancellation.Token);
            if (i % 4 > 0)
            {
                // A run takes about as long as the longest spin, one or two milliseconds, and longer on a busy machine.
                Thread.SpinWait(i * 50);
                cancellation.Cancel();
            }

            var wasCancelled = IsCancelled(call, expected);
            Assert.That(wasCancelled, Is.False.Or.EqualTo(cancellation.IsCancellationRequested), $"call {i}");
        });
    }

    // A caller on a thread of the pool, who asks again and again, must not keep one from elsewhere waiting for ever.
    [Test]
    public async Task PredictAsync_BesideCallersThatNeverPause_IsServed()
    {
        using var model = TestModel.Load();
        using var stop = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await model.PredictAsync("word3 word4");
            }
        })).ToArray();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                await model.PredictAsync("word5").WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(busy);
        }
    }

    [Test]
    public void PredictAsync_AfterDispose_ThrowsObjectDisposed()
    {
        var model = TestModel.Load();
        model.Dispose();

        Assert.That(() => model.PredictAsync("word3"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => model.PredictAsync(["word3"]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => model.Explain("word3"), Throws.TypeOf<ObjectDisposedException>());
    }

    private static bool IsCancelled(Task<SentimentPrediction> call, SentimentPrediction expected)
    {
        try
        {
            Assert.That(call.GetAwaiter().GetResult(), Is.EqualTo(expected));
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static void ComputeLargeBatch(SentimentModel model, CancellationToken cancellation)
    {
        const int Rows = 60;
        using var run = ((IdsEngine)model.Engine).Begin();
        run.Ids(Rows * model.MaximumLength)[..(Rows * model.MaximumLength)].Fill(3);
        run.Compute(Rows, model.MaximumLength, cancellation);
    }

    private static TimeSpan ProcessorTimeOf(Action action)
    {
        var start = ProcessorTime();
        action();
        return ProcessorTime() - start;
    }

    // And not the time on the wall, because other processes make that mean little.
    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static byte[] FourLayers() => ClassifierExporter.Export(RandomCheckpoint.Create(
        new ModelConfig { Layers = 4, EmbeddingSize = 64, HiddenSize = 64 }, seed: 3,
        maximumLength: 1_000)).ToByteArray();
}
