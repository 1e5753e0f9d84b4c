namespace OnnxSentiment.Runtime.Tests;

/// <summary>Calls in a loop leave the garbage collector nothing to do.</summary>
public class SentimentModelAllocationTests
{
    private const int Calls = 1_000;

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Predict_OnceWarm_AllocatesNothing()
    {
        var texts = TestTexts.Random(seed: 41, count: 50);

        Assert.That(BytesOf(i => _model.Predict(texts[i % texts.Length])), Is.EqualTo(0));
    }

    [Test]
    public void Score_OnceWarm_AllocatesNothing()
    {
        long[][] batches = [[1, 3, 4, 1, 5, 0], [1, 7, 8, 9, 10, 11]];
        var (logits, probabilities) = (new float[2], new float[2]);

        Assert.That(BytesOf(i => _model.Score(batches[i % 2], 3, logits, probabilities)), Is.EqualTo(0));
    }

    [Test]
    public void Encode_OnceWarm_AllocatesNothing()
    {
        var ids = new long[_model.MaximumLength];

        Assert.That(
            BytesOf(i => _model.Engine.Encoder.Encode(TestTexts.Hostile[i % TestTexts.Hostile.Count], ids)),
            Is.EqualTo(0));
    }

    private static long BytesOf(Action<int> call)
    {
        Repeat(call);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(call);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action<int> call)
    {
        for (var i = 0; i < Calls; i++)
        {
            call(i);
        }
    }
}
