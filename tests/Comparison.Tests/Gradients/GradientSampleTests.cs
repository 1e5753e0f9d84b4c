using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison.Tests;

public class GradientSampleTests
{
    [Test]
    public void Choose_ManyTexts_SixtyFourThatAreLongEnough()
    {
        var texts = Texts(Enumerable.Range(1, 300));
        var sample = GradientSample.Choose(texts, seed: 1);
        Assert.That(sample.Steps, Is.EqualTo(237), "the 64th of 300, 299, …");
        Assert.That(sample.Ids.Select(ids => ids.Length), Is.EquivalentTo(Enumerable.Range(237, 64)));
        Assert.That(
            sample.Targets.Select((target, i) => target.Single() == sample.Ids[i].Length % 2), Is.All.True,
            "targets follow their texts");
    }

    [Test]
    public void Choose_ManyTextsOfTheMaximum_IsDecidedByTheSeed()
    {
        var texts = Texts(Enumerable.Repeat(20, 500));
        var first = GradientSample.Choose(texts, seed: 1);
        Assert.That(first.Steps, Is.EqualTo(20));
        Assert.That(first.Ids.Distinct().Count(), Is.EqualTo(64));
        Assert.That(GradientSample.Choose(texts, seed: 1).Ids, Is.EqualTo(first.Ids));
        Assert.That(GradientSample.Choose(texts, seed: 2).Ids, Is.Not.EqualTo(first.Ids));
    }

    [TestCase(1, 1)]
    [TestCase(5, 2)]
    [TestCase(30, 15)]
    public void Choose_FewTexts_TakesTheLongerHalf(int count, int chosen)
    {
        var sample = GradientSample.Choose(Texts(Enumerable.Range(1, count)), seed: 1);
        Assert.That(sample.Ids, Has.Count.EqualTo(chosen));
        Assert.That(sample.Ids.Min(ids => ids.Length), Is.EqualTo(sample.Steps));
    }

    private static EncodedTexts Texts(IEnumerable<int> lengths)
    {
        // The first id is the text's own number, so that texts of one length differ.
        long[][] ids = [.. lengths.Select((length, text) => (long[])[text, .. new long[length - 1]])];
        return new EncodedTexts(ids, [.. ids.Select(text => (float[])[text.Length % 2])]);
    }
}
