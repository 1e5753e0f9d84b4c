namespace OnnxSentiment.Trainer.Tests;

public class BatchPlanTests
{
    private const int BatchSize = 16;

    [TestCase(1)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(2_003)]
    public void ForTraining_AnyCount_HasEveryTextOnce(int count)
    {
        var batches = BatchPlan.ForTraining(Texts(count), BatchSize, new Random(1));
        Assert.That(batches.SelectMany(batch => batch).Order(), Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(batches.Select(batch => batch.Length), Is.All.LessThanOrEqualTo(BatchSize));
    }

    [Test]
    public void ForTraining_ManyTexts_ComputesLittleForPadding()
    {
        var texts = Texts(2_003);
        var tokens = texts.Ids.Sum(text => text.Length);
        var sorted = BatchPlan.ForTraining(texts, BatchSize, new Random(1)).Sum(batch => PaddedSize(texts, batch));
        var unsorted = Enumerable.Range(0, texts.Count).Chunk(BatchSize).Sum(batch => PaddedSize(texts, batch));
        Assert.That(sorted, Is.LessThan(1.1 * tokens));
        Assert.That(unsorted, Is.GreaterThan(1.5 * tokens), "the texts are no test of the plan");
    }

    [Test]
    public void ForTraining_NextEpoch_MixesAnew()
    {
        var texts = Texts(200);
        var random = new Random(1);
        var first = BatchPlan.ForTraining(texts, BatchSize, random);
        var second = BatchPlan.ForTraining(texts, BatchSize, random);
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(BatchPlan.ForTraining(texts, BatchSize, new Random(1)), Is.EqualTo(first));
    }

    // A plan without the last shuffle would train on short texts first, then on longer and longer ones.
    [Test]
    public void ForTraining_Batches_AreNotInTheOrderOfTheirLengths()
    {
        var texts = Texts(50 * BatchSize);
        var lengths = BatchPlan.ForTraining(texts, BatchSize, new Random(1))
            .Select(b => b.Max(t => texts.Ids[t].Length));
        var shorterThanTheOneBefore = lengths.Zip(lengths.Skip(1)).Count(pair => pair.Second < pair.First);
        Assert.That(shorterThanTheOneBefore, Is.InRange(15, 35), "of 49; half of them where the order is random");
    }

    [Test]
    public void ForTraining_NextEpoch_PutsOtherTextsTogether()
    {
        var texts = Texts(200);
        var random = new Random(1);
        var first = Sorted(BatchPlan.ForTraining(texts, BatchSize, random));
        Assert.That(Sorted(BatchPlan.ForTraining(texts, BatchSize, random)), Is.Not.EquivalentTo(first));
    }

    private static List<string> Sorted(IEnumerable<int[]> batches) =>
        [.. batches.Select(batch => string.Join(' ', batch.Order()))];

    private static int PaddedSize(EncodedTexts texts, int[] batch) =>
        batch.Length * batch.Max(text => texts.Ids[text].Length);

    private static EncodedTexts Texts(int count)
    {
        var random = new Random(5);
        return new EncodedTexts(
            [.. Enumerable.Range(0, count).Select(_ => new long[random.Next(1, 200)])],
            [.. Enumerable.Range(0, count).Select(_ => new float[1])]);
    }
}
