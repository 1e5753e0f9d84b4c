using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity.Tests;

public sealed class ParityInputsTests
{
    private const int Vocabulary = 30;
    private const int MaximumLength = 11;

    [Test]
    public void Create_AnySeed_ReachesAllDangerousPlaces([Range(0, 9)] int seed)
    {
        var batches = ParityInputs.Create(seed, Vocabulary, MaximumLength).Select(named => named.Batch).ToList();
        var lengths = batches.Select(batch => batch.Lengths.ToArray()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lengths, Has.Some.EqualTo((int[])[1]), $"seed {seed}");
            Assert.That(lengths, Has.Some.EqualTo((int[])[MaximumLength]), $"seed {seed}");
            Assert.That(lengths.Any(l => l.Length == 7 && l.Distinct().Count() == 1), $"seed {seed}");
            Assert.That(lengths.Any(l => l.Length == 7 && l.Contains(1) && l.Contains(MaximumLength)), $"seed {seed}");
            Assert.That(batches.Any(batch => batch.SequenceLength > MaximumLength), $"seed {seed}");
            Assert.That(
                batches.SelectMany(batch => batch.Ids.ToArray()).Max(), Is.EqualTo(Vocabulary - 1), $"seed {seed}");
            Assert.That(lengths.SelectMany(l => l), Is.All.InRange(1, MaximumLength), $"seed {seed}");
        });
    }

    // 20,000 ids are 34 texts of 600.
    [TestCase(30, 11)]
    [TestCase(4, 2)]
    [TestCase(20_000, 600)]
    public void Create_AnyVocabulary_UsesEveryWordOnce(int vocabulary, int maximumLength)
    {
        var texts = ParityInputs.Create(seed: 7, vocabulary, maximumLength)
            .Where(named => named.Name.StartsWith("every id", StringComparison.Ordinal))
            .SelectMany(named => Enumerable.Range(0, named.Batch.Count).Select(row => named.Batch[row].ToArray()))
            .ToList();
        var words = texts.SelectMany(text => text[1..]).ToList();
        Assert.That(words, Has.Count.EqualTo(vocabulary - 2));
        Assert.That(words.Distinct().Count(), Is.EqualTo(vocabulary - 2));
        Assert.That(words.Min(), Is.EqualTo(Core.Vocabulary.UnknownId));
        Assert.That(words.Max(), Is.EqualTo(vocabulary - 1));
        Assert.That(texts.Select(text => text[0]), Is.All.EqualTo(Core.Vocabulary.StartId));
        Assert.That(texts.Max(text => text.Length), Is.LessThanOrEqualTo(maximumLength));
        Assert.That(texts, Has.Count.EqualTo((int)Math.Ceiling((vocabulary - 2.0) / (maximumLength - 1))));
    }

    [Test]
    public void Create_SameSeed_SameIds()
    {
        static IEnumerable<long> Ids(int seed) =>
            ParityInputs.Create(seed, Vocabulary, MaximumLength).SelectMany(named => named.Batch.Ids.ToArray());
        Assert.That(Ids(3), Is.EqualTo(Ids(3)));
        Assert.That(Ids(4), Is.Not.EqualTo(Ids(3)));
    }
}
