using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelPredictTests
{
    private static readonly ReferenceEvaluator Reference = new(TestModel.Checkpoint);
    private static readonly TextEncoder Encoder =
        new(TestModel.Checkpoint.Config.Text, TestModel.Checkpoint.Vocabulary);

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Predict_RandomTexts_EqualsReference([Values(1, 2, 3)] int seed)
    {
        foreach (var text in TestTexts.Random(seed, 50).Concat(TestTexts.Hostile))
        {
            AssertIsReference(_model.Predict(text), text, $"seed {seed}");
        }
    }

    [Test]
    public void Predict_TextOfTenMegabytes_ReadsItsEnd()
    {
        var text = string.Concat(Enumerable.Repeat("word20 ", 10_000_000 / 7)) + "word4 word5";

        AssertIsReference(_model.Predict(text), text, "10 MB");
    }

    [Test]
    public void Predict_TestTexts_HaveBothLabels()
    {
        var labels = _model.Predict(TestTexts.Random(seed: 1, count: 50))
            .Select(prediction => prediction.Label).Distinct();

        Assert.That(labels, Is.EquivalentTo(new[] { "negative", "positive" }));
    }

    [Test]
    public void Predict_List_EqualsOneByOneInOrder(
        [Values(1, 2, 5)] int threads, [Values(1, 30, 1_024)] int maximumBatchTokens, [Values(1, 2)] int seed)
    {
        using var model = TestModel.Load(new() { Threads = threads, MaximumBatchTokens = maximumBatchTokens });
        string[] texts = [.. TestTexts.Random(seed, 300), .. TestTexts.Hostile, .. TestTexts.Random(-seed, 300)];

        AssertAreSame(model.Predict(texts), texts.Select(_model.Predict), $"seed {seed}");
    }

    [Test]
    public void Predict_ListLongerThanOnePart_EqualsOneByOneInOrder()
    {
        var texts = TestTexts.Random(seed: 4, count: 20_000);

        AssertAreSame(_model.Predict(texts), texts.Select(_model.Predict), "seed 4");
    }

    [TestCase(3, 2)]
    [TestCase(1, 4)]
    public void WarmUp_AnyLimits_ComputesALargestBatchForEachRun(int texts, int threads)
    {
        using var model = TestModel.Load(
            new() { Threads = threads, MaximumBatchTokens = (texts * _model.MaximumLength) + 1 });
        using var gate = new WorkerGate(open: true);

        model.WarmUp();

        Assert.That(gate.Batches, Is.EqualTo(Enumerable.Repeat(texts, threads)));
    }

    [Test]
    public void Predict_EmptyList_IsEmpty() => Assert.That(_model.Predict([]), Is.Empty);

    [Test]
    public void Predict_NullArguments_Throw()
    {
        Assert.That(() => _model.Predict((string)null!), Throws.ArgumentNullException);
        Assert.That(() => _model.Predict((IReadOnlyList<string>)null!), Throws.ArgumentNullException);
        Assert.That(
            () => _model.Predict(["a", null!, "b"]), Throws.ArgumentException.With.Message.Contains("Text 1 is null"));
    }

    private static void AssertIsReference(SentimentPrediction found, string text, string message)
    {
        var expected = Reference.Run(TokenBatch.Pad([Encoder.Encode(text)]));

        Assert.That(found.Logit, Is.EqualTo(expected.Logits[0]).Within(TestModel.Tolerance), message);
        Assert.That(found.Probability, Is.EqualTo(expected.Probabilities[0]).Within(TestModel.Tolerance), message);
        Assert.That(found.Label, Is.EqualTo(found.Probability >= 0.5f ? "positive" : "negative"), message);
    }

    private static void AssertAreSame(
        IEnumerable<SentimentPrediction> found, IEnumerable<SentimentPrediction> expected, string message)
    {
        var pairs = found.Zip(expected).ToList();
        Assert.That(
            pairs.Max(pair => Math.Abs(pair.First.Logit - pair.Second.Logit)),
            Is.LessThan(TestModel.Tolerance),
            message);
        Assert.That(pairs.All(pair => pair.First.Label == pair.Second.Label), message);
        Assert.That(found.Count(), Is.EqualTo(expected.Count()), message);
    }
}
