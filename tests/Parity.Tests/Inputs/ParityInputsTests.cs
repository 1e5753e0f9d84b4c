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

    [Test]
    public void Create_SameSeed_SameIds()
    {
        static IEnumerable<long> Ids(int seed) =>
            ParityInputs.Create(seed, Vocabulary, MaximumLength).SelectMany(named => named.Batch.Ids.ToArray());
        Assert.That(Ids(3), Is.EqualTo(Ids(3)));
        Assert.That(Ids(4), Is.Not.EqualTo(Ids(3)));
    }
}
