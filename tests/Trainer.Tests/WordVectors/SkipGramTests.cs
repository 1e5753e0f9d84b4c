using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

public class SkipGramTests
{
    private const int Groups = 10, WordsInGroup = 8, Size = 12;
    private const int Words = Vocabulary.FirstWordId + (Groups * WordsInGroup);

    private static readonly VectorSettings Settings =
        new() { VectorEpochs = 20, VectorRate = 0.05, VectorSubsampling = 1 };

    [Test]
    public void Learn_WordsThatKeepCompany_GetSimilarVectors()
    {
        var vectors = Learn(threads: 2);
        double Mean(bool sameGroup) => (
            from a in Enumerable.Range(0, Groups * WordsInGroup)
            from b in Enumerable.Range(0, a)
            where a / WordsInGroup == b / WordsInGroup == sameGroup
            select Cosine(vectors, a, b)).Average();
        Assert.That(Mean(sameGroup: true), Is.GreaterThan(Mean(sameGroup: false) + 0.4));
    }

    [Test]
    public void Learn_OnAnyNumberOfThreads_GivesTheSameVectors() =>
        Assert.That(Learn(threads: 3), Is.EqualTo(Learn(threads: 1)));

    [Test]
    public void Learn_AnotherSeed_GivesOtherVectors() =>
        Assert.That(Learn(threads: 2, seed: 2), Is.Not.EqualTo(Learn(threads: 2)));

    // Each word then has a hundred neighbours, and its vector changes as often for each time that it occurs.
    [Test]
    public void Learn_WithTheLargestWindow_StaysFinite()
    {
        int[][] texts = [.. Texts().Chunk(5).Select(chunk => chunk.SelectMany(text => text).ToArray())];
        var vectors = SkipGram.Learn(
            texts, Words, Size, Settings with { VectorWindow = 100, VectorEpochs = 5 }, seed: 1, _ =>
                { }, new ParallelOptions());
        Assert.That(vectors.Max(Math.Abs), Is.LessThan(100));
    }

    [Test]
    public void Learn_IdThatIsInNoText_KeepsASmallVector()
    {
        var vectors = Learn(threads: 2);
        Assert.That(vectors[..(Size * Vocabulary.FirstWordId)].Max(Math.Abs),
            Is.LessThanOrEqualTo(0.5f / Size).And.GreaterThan(0));
    }

    // The rate falls over all epochs together: 40,000 words an epoch, 20,000 between two merges.
    [Test]
    public void Learn_TwoEpochs_ReportsTheShareOfBoth()
    {
        var shares = new List<double>();
        SkipGram.Learn(Texts(), Words, Size, Settings with { VectorEpochs = 2 }, 1, shares.Add, new ParallelOptions());
        Assert.That(shares, Is.EqualTo(new[] { 0, 0.25, 0.5, 0.75 }).Within(0.01));
    }

    [TestCase(0, 0.05)]
    [TestCase(0.5, 0.025)]
    [TestCase(0.75, 0.0125)]
    [TestCase(0.9999, 0.00005)]
    public void RateAt_AnyShare_FallsInAStraightLineToAThousandth(double done, double rate) =>
        Assert.That(SkipGram.RateAt(Settings, done), Is.EqualTo(rate).Within(1e-7));

    [Test]
    public void Learn_Cancelled_Stops()
    {
        var options = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.That(
            () => SkipGram.Learn(Texts(), Words, Size, Settings, 1, _ => { }, options),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static float[] Learn(int threads, int seed = 1) =>
        SkipGram.Learn(
            Texts(), Words, Size, Settings, seed, _ => { }, new ParallelOptions { MaxDegreeOfParallelism = threads });

    // Each text is made of the words of one group.
    private static int[][] Texts()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, 2_000).Select(text => Enumerable.Range(0, 20).Select(_ =>
            Vocabulary.FirstWordId + (text % Groups * WordsInGroup) + random.Next(WordsInGroup)).ToArray())];
    }

    private static double Cosine(float[] vectors, int a, int b)
    {
        double Product(int i, int j) =>
            Enumerable.Range(0, Size).Sum(c => (double)At(vectors, i, c) * At(vectors, j, c));
        return Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b));
    }

    private static float At(float[] vectors, int word, int component) =>
        vectors[((Vocabulary.FirstWordId + word) * Size) + component];
}
