using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelStreamTests
{
    // What StreamPredictor may hold: a part that is computed, as many texts read ahead, and one in the reader's hand.
    private const int MaximumReadAhead = 4_096 + 4_096 + 1;

    // As many are read ahead while the first prediction is in the consumer's hand.
    private const int MinimumReadAhead = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public async Task PredictStreamAsync_ManyTexts_KeepsTheirOrder()
    {
        var texts = TestTexts.Random(seed: 31, count: 12_000);
        var expected = texts.Select(_model.Predict).ToArray();
        var found = await _model.PredictStreamAsync(texts.ToAsyncEnumerable()).ToListAsync();

        Assert.That(found, Has.Count.EqualTo(texts.Length));
        Assert.That(found.Select(p => p.Logit), Is.EqualTo(expected.Select(p => p.Logit)).Within(TestModel.Tolerance));
        Assert.That(found.Select(p => p.Label), Is.EqualTo(expected.Select(p => p.Label)));
    }

    [Test]
    public async Task PredictStreamAsync_NoText_IsEmpty() =>
        Assert.That(await _model.PredictStreamAsync(AsyncEnumerable.Empty<string>()).ToListAsync(), Is.Empty);

    [Test]
    public async Task PredictStreamAsync_EndlessFastSource_IsReadNoFurtherAheadThanPromised()
    {
        var source = new Source(endless: true);
        var consumed = 0;
        var furthest = 0;
        await foreach (var _ in _model.PredictStreamAsync(source.Texts()))
        {
            consumed++;
            if (consumed == 1)
            {
                Assert.That(SpinWait.SpinUntil(() => source.Read >= MinimumReadAhead, Patience), "it is read ahead");
            }

            furthest = Math.Max(furthest, source.Read - consumed + 1);
            if (consumed == 20_000)
            {
                break;
            }
        }

        Assert.That(furthest, Is.InRange(MinimumReadAhead, MaximumReadAhead));
        Assert.That(source.IsDisposed, "breaking off ends the source");
    }

    [Test]
    public async Task PredictStreamAsync_SlowSource_AnswersEachTextAtOnce()
    {
        var texts = Channel.CreateUnbounded<string>();
        await using var predictions = _model.PredictStreamAsync(texts.Reader.ReadAllAsync()).GetAsyncEnumerator();
        foreach (var text in TestTexts.Random(seed: 32, count: 20))
        {
            await texts.Writer.WriteAsync(text);
            Assert.That(await predictions.MoveNextAsync().AsTask().WaitAsync(Patience));
            Assert.That(predictions.Current, Is.EqualTo(_model.Predict(text)), "while the source waits for the next");
        }

        texts.Writer.Complete();
        Assert.That(await predictions.MoveNextAsync(), Is.False);
    }

    [Test]
    public void PredictStreamAsync_SourceFails_GivesTheTextsBeforeAndThenItsError()
    {
        var source = new Source(count: 100, error: new InvalidDataException("line 101"));
        var found = new List<SentimentPrediction>();

        Assert.That(
            () => Collect(source.Texts(), found),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("line 101"));

        Assert.That(found, Has.Count.EqualTo(100));
    }

    [Test]
    public void PredictStreamAsync_NullText_GivesTheTextsBeforeAndNamesIt()
    {
        var found = new List<SentimentPrediction>();

        Assert.That(
            () => Collect(new[] { "word3", "word4", null!, "word5" }.ToAsyncEnumerable(), found),
            Throws.ArgumentException.With.Message.Contains("Text 2 is null"));

        Assert.That(found, Has.Count.EqualTo(2));
    }

    [Test]
    public void PredictStreamAsync_Cancelled_StopsAndEndsTheSource([Values] bool atTheEnumerator)
    {
        var source = new Source(endless: true);
        using var cancellation = new CancellationTokenSource();
        var predictions = atTheEnumerator
            ? _model.PredictStreamAsync(source.Texts()).WithCancellation(cancellation.Token)
            : _model.PredictStreamAsync(source.Texts(), cancellation.Token).ConfigureAwait(false);

        Assert.That(
            async () =>
            {
                await foreach (var _ in predictions)
                {
                    await cancellation.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(source.IsDisposed);
    }

    [Test]
    public void PredictStreamAsync_CancelledWhileTheSourceWaits_Stops()
    {
        var source = new Source(count: 1, waits: true);
        using var cancellation = new CancellationTokenSource();
        var found = new List<SentimentPrediction>();
        var collecting = Collect(source.Texts(), found, cancellation.Token);
        Assert.That(SpinWait.SpinUntil(() => source.Read == 2, Patience));

        cancellation.Cancel();

        Assert.That(() => collecting.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(source.IsDisposed);
    }

    [Test]
    public void PredictStreamAsync_ModelDisposed_ThrowsAndEndsTheSource()
    {
        var model = TestModel.Load();
        var source = new Source(endless: true);

        Assert.That(
            async () =>
            {
                await foreach (var _ in model.PredictStreamAsync(source.Texts()))
                {
                    model.Dispose();
                }
            },
            Throws.TypeOf<ObjectDisposedException>());

        Assert.That(source.IsDisposed);
    }

    [Test]
    public void PredictStreamAsync_NoSource_Throws() =>
        Assert.That(() => _model.PredictStreamAsync(null!), Throws.ArgumentNullException);

    private async Task Collect(
        IAsyncEnumerable<string> texts, List<SentimentPrediction> found, CancellationToken cancellation = default)
    {
        await foreach (var prediction in _model.PredictStreamAsync(texts, cancellation))
        {
            found.Add(prediction);
        }
    }

    /// <summary>Counts what is read of it; ends with an error, by waiting for the cancellation, or never.</summary>
    private sealed class Source(int count = 0, bool endless = false, Exception? error = null, bool waits = false)
    {
        private int _read;

        public int Read => Volatile.Read(ref _read);

        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerable<string> Texts([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            try
            {
                while (endless || Read < count)
                {
                    yield return $"word{3 + (Interlocked.Increment(ref _read) % 40)}";
                }

                Interlocked.Increment(ref _read);
                if (waits)
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }

                throw error ?? new InvalidOperationException("unexpected");
            }
            finally
            {
                IsDisposed = true;
            }
        }
    }
}
