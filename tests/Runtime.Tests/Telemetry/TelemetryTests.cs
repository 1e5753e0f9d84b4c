using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>The instruments and activities are the process's, so these tests run alone.</summary>
[NonParallelizable]
public class TelemetryTests
{
    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load(new() { Threads = 1, MaximumBatchTokens = 1_000 });

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Metrics_List_CountTextsTokensAndPadding()
    {
        using var measured = new Measurements();

        _model.Predict(["word4 word5 word6", "word4", "word4 word5"]);

        Assert.That(measured.Of("onnx_sentiment.texts"), Is.EqualTo(new[] { 3.0 }));
        Assert.That(
            measured.Of("onnx_sentiment.tokens"), Is.EqualTo(new[] { 4.0 + 2 + 3 }), "each begins with the start id");
        Assert.That(measured.Of("onnx_sentiment.padding"), Is.EqualTo(new[] { (3 * 4.0) - 9 }));
        Assert.That(measured.Of("onnx_sentiment.batch.size"), Is.EqualTo(new[] { 3.0 }));
        Assert.That(measured.Of("onnx_sentiment.run.duration").Single(), Is.InRange(1e-7, 10));
        Assert.That(measured.Of("onnx_sentiment.queue.duration"), Is.Empty, "nothing was queued");
    }

    [Test]
    public void Metrics_Score_CountsOneRun()
    {
        using var measured = new Measurements();

        _model.Score(TokenBatch.Pad([[1, 4], [1]]), new float[2], new float[2]);

        Assert.That(measured.Of("onnx_sentiment.tokens").Sum(), Is.EqualTo(3));
        Assert.That(measured.Of("onnx_sentiment.padding").Sum(), Is.EqualTo(1));
    }

    [Test]
    public async Task Metrics_QueuedTexts_HaveATimeInTheQueueEach()
    {
        using var batching = new BatchingSentimentModel(_model);
        using var measured = new Measurements();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => batching.PredictAsync($"word{3 + i}")));

        Assert.That(measured.Of("onnx_sentiment.queue.duration"), Has.Count.EqualTo(20).And.All.InRange(0, 60));
        Assert.That(measured.Of("onnx_sentiment.batch.size").Sum(), Is.EqualTo(20));
    }

    [Test]
    public void Metrics_FullQueue_CountsRefusals()
    {
        using var batching = new BatchingSentimentModel(_model, new() { MaximumQueueLength = 1 });
        using var gate = new WorkerGate();
        using var measured = new Measurements();

        var running = batching.PredictAsync("word4");
        gate.WaitUntilHeld();
        var waiting = batching.PredictAsync("word5");
        var refused = batching.PredictAsync("word6");
        gate.Open();

        Assert.That(async () => await refused, Throws.TypeOf<QueueFullException>());
        Assert.That(measured.Of("onnx_sentiment.refused"), Is.EqualTo(new[] { 1.0 }));
        Task.WaitAll([running, waiting], TimeSpan.FromMinutes(1));
    }

    [Test]
    public void Activities_Calls_AreChildrenOfTheCaller()
    {
        using var activities = new Activities();
        using var caller = activities.Source.StartActivity("caller");

        _model.Predict("word4");
        _model.Predict(["word4", "word5"]);
        _model.Explain("word4 word5");

        var found = activities.Stopped.Where(activity => activity.ParentSpanId == caller!.SpanId).ToList();
        Assert.That(
            found.Select(activity => activity.OperationName),
            Is.EqualTo(new[] { "sentiment.predict", "sentiment.predict", "sentiment.explain" }));
        Assert.That(
            found.Select(activity => activity.GetTagItem("sentiment.texts")), Is.EqualTo(new object?[] { 1, 2, null }));
    }

    [Test]
    public async Task Activities_Stream_HasOneForEachPart()
    {
        using var activities = new Activities();
        using var caller = activities.Source.StartActivity("caller");

        Assert.That(
            await _model.PredictStreamAsync(new[] { "word4", "word5", "word6" }.ToAsyncEnumerable()).CountAsync(),
            Is.EqualTo(3));

        var found = activities.Stopped.Where(activity => activity.ParentSpanId == caller!.SpanId).ToList();
        Assert.That(found.Select(activity => activity.OperationName), Is.All.EqualTo("sentiment.predict"));
        Assert.That(found.Sum(activity => (int)activity.GetTagItem("sentiment.texts")!), Is.EqualTo(3));
    }

    [Test]
    public void Activities_CallThatFails_SayWithWhichError()
    {
        using var activities = new Activities();
        using var model = TestModel.Load(new() { Threads = 1 });
        model.Predict("word4");
        model.Dispose();

        Assert.That(() => model.Predict("word5"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => model.Predict(["word5"]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => model.Explain("word5"), Throws.TypeOf<ObjectDisposedException>());

        Assert.That(
            activities.Stopped.Select(activity => (activity.Status, activity.StatusDescription)),
            Is.EqualTo(new (ActivityStatusCode, string?)[]
            {
                (ActivityStatusCode.Unset, null),
                (ActivityStatusCode.Error, nameof(ObjectDisposedException)),
                (ActivityStatusCode.Error, nameof(ObjectDisposedException)),
                (ActivityStatusCode.Error, nameof(ObjectDisposedException)),
            }));
    }

    [Test]
    public async Task Activities_SharedBatch_LinksToTheCallers()
    {
        using var batching = new BatchingSentimentModel(_model);
        using var activities = new Activities();
        using var caller = activities.Source.StartActivity("caller");

        await batching.PredictAsync("word4");

        // The activity stops after the results are out.
        Assert.That(
            () => activities.Stopped.Count(activity => activity.OperationName == "sentiment.batch"),
            Is.EqualTo(1).After(10_000, 5));
        var batch = activities.Stopped.Single(activity => activity.OperationName == "sentiment.batch");
        Assert.That(batch.Links.Select(link => link.Context), Is.EqualTo(new[] { caller!.Context }));
        Assert.That(batch.GetTagItem("sentiment.texts"), Is.EqualTo(1));
    }

    [Test]
    public void Predict_NobodyListens_AllocatesNothing()
    {
        _model.Predict("word4 word5");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _model.Predict("word4 word5");
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, double Value)> _values = [];

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SentimentTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (instrument, value, _, _) => _values.Enqueue((instrument.Name, value)));
            _listener.SetMeasurementEventCallback<int>(
                (instrument, value, _, _) => _values.Enqueue((instrument.Name, value)));
            _listener.SetMeasurementEventCallback<double>(
                (instrument, value, _, _) => _values.Enqueue((instrument.Name, value)));
            _listener.Start();
        }

        public IReadOnlyList<double> Of(string name) =>
            [.. _values.Where(value => value.Name == name).Select(value => value.Value)];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Activities : IDisposable
    {
        private readonly ActivityListener _listener;

        public Activities()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source == Source || source.Name == SentimentTelemetry.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = Stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ActivitySource Source { get; } = new("tests");

        public ConcurrentQueue<Activity> Stopped { get; } = [];

        public void Dispose()
        {
            _listener.Dispose();
            Source.Dispose();
        }
    }
}
