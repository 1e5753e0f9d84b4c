using OnnxSentiment.Core;
using OnnxSentiment.Parity;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelScoreTests
{
    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Score_UnequalLengthsAndFurtherPadding_EqualsReference([Values(0, 12, 40)] int minimumSequenceLength)
    {
        var batch = TokenBatch.Pad(
            [[1], [1, 5, 6, 7, 8], [1, 49], [1, 2, 2, 3, 4, 9, 12, 13, 14, 15, 16, 17]], minimumSequenceLength);
        var logits = new float[4];
        var probabilities = new float[4];

        _model.Score(batch, logits, probabilities);

        var expected = new ReferenceEvaluator(TestModel.Checkpoint).Run(batch);
        Assert.That(logits, Is.EqualTo(expected.Logits).Within(TestModel.Tolerance));
        Assert.That(probabilities, Is.EqualTo(expected.Probabilities).Within(TestModel.Tolerance));
    }

    [TestCase(new long[] { 1, 50 }, "The id 50 at position 1", TestName = "Score_IdAfterTheVocabulary_Throws")]
    [TestCase(new long[] { -1, 1 }, "The id -1 at position 0", TestName = "Score_NegativeId_Throws")]
    [TestCase(new long[] { 0, 0 }, "Row 0 is empty", TestName = "Score_EmptyRow_Throws")]
    [TestCase(
        new long[] { 0, 1 }, "Row 0 is empty or has an id after its padding",
        TestName = "Score_PaddingOnTheLeft_Throws")]
    [TestCase(new long[] { 1 }, "There are 1 ids in rows of 2", TestName = "Score_TooFewIds_Throws")]
    [TestCase(new long[] { 1, 2, 3 }, "There are 3 ids in rows of 2", TestName = "Score_TooManyIds_Throws")]
    public void Score_UnusableIds_Throws(long[] ids, string message) =>
        Assert.That(
            () => _model.Score(ids, 2, new float[1], new float[1]),
            Throws.ArgumentException.With.Message.StartsWith(message));

    [TestCase(0, 0)]
    [TestCase(1, 2)]
    [TestCase(2, 1)]
    public void Score_OutputsOfOtherLength_Throws(int logits, int probabilities) =>
        Assert.That(
            () => _model.Score(TokenBatch.Pad([[1, 2]]), new float[logits], new float[probabilities]),
            Throws.ArgumentException.With.Message.Contains($"{logits} logits and {probabilities} probabilities"));

    [Test]
    public void Score_SequenceLengthZero_Throws() =>
        Assert.That(() => _model.Score([], 0, new float[1], new float[1]), Throws.ArgumentException);

    [Test]
    public void Score_NoBatch_Throws() =>
        Assert.That(() => _model.Score(null!, new float[1], new float[1]), Throws.ArgumentNullException);
}
