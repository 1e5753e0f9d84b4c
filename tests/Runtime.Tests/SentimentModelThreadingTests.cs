using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelThreadingTests
{
    [Test]
    public void Predict_ManyThreadsOnOneModel_EqualsOneThread()
    {
        using var model = TestModel.Load();
        var texts = TestTexts.Random(seed: 11, count: 200);
        var expected = texts.Select(model.Predict).ToArray();
        var wrong = 0;

        RunOnThreads(64, thread =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var text = (i + thread) % texts.Length;
                var found = i % 50 == 0 ? model.Predict([texts[text]])[0] : model.Predict(texts[text]);
                if (found != expected[text])
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });

        Assert.That(wrong, Is.EqualTo(0));
    }

    [Test]
    public void Dispose_Twice_DoesNothing()
    {
        var model = TestModel.Load();

        model.Dispose();

        Assert.That(model.Dispose, Throws.Nothing);
    }

    [Test]
    public void Members_AfterDispose_ThrowObjectDisposed()
    {
        var model = TestModel.Load();
        model.Dispose();

        Assert.That(
            () => model.Predict("word3"),
            Throws.TypeOf<ObjectDisposedException>().With.Property("ObjectName").EqualTo(
                typeof(SentimentModel).FullName));
        Assert.That(() => model.Predict(["word3", "word4"]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(
            () => model.Score(TokenBatch.Pad([[1]]), new float[1], new float[1]),
            Throws.TypeOf<ObjectDisposedException>());
        Assert.That(model.Labels, Has.Count.EqualTo(2), "what was read stays readable");
    }

    [Test]
    public void Dispose_AfterUse_FreesTheNativeMemory()
    {
        const int Rounds = 40;
        const long EmbeddingBytes = 50_000 * 64 * sizeof(float);
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 64, HiddenSize = 4 }, seed: 1, vocabularySize: 50_000);
        var bytes = ClassifierExporter.Export(checkpoint).ToByteArray();
        LoadPredictAndDispose(bytes);
        var before = Environment.WorkingSet;

        // Kept, so that no finalizer does what Dispose should.
        var kept = Enumerable.Range(0, Rounds).Select(_ => LoadPredictAndDispose(bytes)).ToList();

        Assert.That(Environment.WorkingSet - before, Is.LessThan(Rounds * EmbeddingBytes / 2));
        GC.KeepAlive(kept);
    }

    [Test]
    public void Dispose_WhileOthersPredict_LetsThemEndOrThrowsObjectDisposed()
    {
        var texts = TestTexts.Random(seed: 12, count: 100);
        for (var round = 0; round < 20; round++)
        {
            var model = TestModel.Load();
            var expected = model.Predict(texts);
            using var begun = new CountdownEvent(4);
            RunOnThreads(5, thread =>
            {
                if (thread == 0)
                {
                    begun.Wait();
                    model.Dispose();
                    return;
                }

                PredictUntilDisposed(model, texts, expected, begun);
            });
        }
    }

    // Without the metadata, which holds 50,000 words.
    private static object LoadPredictAndDispose(byte[] bytes)
    {
        var (session, _) = ModelLoader.Load(bytes, "The model");
        using (var run = ((IdsSession)session).Begin())
        {
            run.Ids(1)[0] = Vocabulary.StartId;
            run.Compute(rows: 1, length: 1);
        }

        session.Dispose();
        return session;
    }

    private static void PredictUntilDisposed(
        SentimentModel model, string[] texts, IReadOnlyList<SentimentPrediction> expected, CountdownEvent begun)
    {
        Assert.That(model.Predict(texts[0]), Is.EqualTo(expected[0]));
        begun.Signal();
        try
        {
            while (true)
            {
                Assert.That(model.Predict(texts), Has.Count.EqualTo(texts.Length));
                Assert.That(model.Predict(texts[1]), Is.EqualTo(expected[1]));
            }
        }
        catch (ObjectDisposedException)
        {
            // As promised.
        }
    }

    private static void RunOnThreads(int count, Action<int> body)
    {
        var tasks = Enumerable.Range(0, count)
            .Select(
                i => Task.Factory.StartNew(
                    () => body(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Assert.That(Task.WaitAll([.. tasks], TimeSpan.FromMinutes(1)), "all threads end in time");
    }
}
