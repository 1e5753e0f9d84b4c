using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// A model may go at any moment: every call under way ends with its result or with ObjectDisposedException.
/// </summary>
public class DisposalTests
{
    private const int Rounds = 8;
    private const int Callers = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] SomeTexts = TestTexts.Random(seed: 51, count: 60);

    public static IEnumerable<TestCaseData> Calls()
    {
        yield return Case("Predict", model => Task.Run(() => model.Predict(SomeTexts[0])));
        yield return Case("PredictList", model => Task.Run(() => model.Predict(SomeTexts)));
        yield return Case(
            "PredictAsync", model => model.PredictAsync(SomeTexts[1], new CancellationTokenSource().Token));
        yield return Case("PredictListAsync", model => model.PredictAsync(SomeTexts));
        yield return Case(
            "PredictStreamAsync",
            model => model.PredictStreamAsync(SomeTexts.ToAsyncEnumerable()).CountAsync().AsTask());
        yield return Case("Explain", model => Task.Run(() => model.Explain(SomeTexts[2])));
        yield return Case(
            "Score",
            model => Task.Run(() => model.Score(TokenBatch.Pad([[1, 3], [1, 4, 5]]), new float[2], new float[2])));
    }

    [TestCaseSource(nameof(Calls))]
    public void Dispose_WhileCallsAreInFlight_EndsThemAll(Func<SentimentModel, Task> call)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var model = TestModel.Load();
            var callers = new RepeatedCalls(Callers, _ => call(model));
            callers.WaitForCalls(round);

            model.Dispose();

            callers.WaitForEnd();
        }
    }

    [Test]
    public void Dispose_BatchingModelWhileCallsAreInFlight_EndsThemAll([Values] bool modelFirst)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var model = TestModel.Load();
            var batching = new BatchingSentimentModel(model);
            var callers = new RepeatedCalls(4 * Callers, i => batching.PredictAsync(SomeTexts[i % SomeTexts.Length]));
            callers.WaitForCalls(10 * round);

            (modelFirst ? (IDisposable)model : batching).Dispose();
            callers.WaitForEnd();
            (modelFirst ? (IDisposable)batching : model).Dispose();
        }
    }

    [Test]
    public void DisposeAsync_RunUnderWay_EndsWithIt()
    {
        var model = TestModel.Load();
        Task disposal;
        using (((IdsEngine)model.Engine).Begin())
        {
            disposal = model.DisposeAsync().AsTask();

            Assert.That(disposal.IsCompleted, Is.False);
            Assert.That(() => model.Predict("word3"), Throws.TypeOf<ObjectDisposedException>(), "none begins any more");
        }

        Assert.That(disposal.Wait(Patience));
    }

    [Test]
    public async Task Predict_WhileItsFileIsReplacedAndDeleted_IsUndisturbed()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, TestModel.Bytes());
        using var model = SentimentModel.Load(path);
        var expected = model.Predict(SomeTexts);
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var predicting = Task.Run(() =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref rounds))
            {
                Assert.That(model.Predict(SomeTexts), Is.EqualTo(expected));
            }
        });

        for (var i = 0; i < 20; i++)
        {
            File.WriteAllBytes(path, ModelFileDamage.Of(seed: i));
            File.Move(path, path + ".old", overwrite: true);
            File.WriteAllBytes(path, new byte[i]);
            var seen = Volatile.Read(ref rounds);
            Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref rounds) > seen, Patience), "it goes on predicting");
        }

        File.Delete(path);
        File.Delete(path + ".old");
        await stop.CancelAsync();
        await predicting.WaitAsync(Patience);
    }

    private static TestCaseData Case(string name, Func<SentimentModel, Task> call) =>
        new TestCaseData(call).SetArgDisplayNames(name);
}
