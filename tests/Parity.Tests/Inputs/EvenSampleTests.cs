namespace OnnxSentiment.Parity.Tests;

public class EvenSampleTests
{
    [TestCase(10, 4, new[] { 0, 2, 5, 7 })]
    [TestCase(10, 3, new[] { 0, 3, 6 })]
    [TestCase(10, 1, new[] { 0 })]
    [TestCase(10, 10, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [TestCase(3, 100, new[] { 0, 1, 2 })]
    [TestCase(3, 0, new int[0])]
    [TestCase(0, 5, new int[0])]
    public void Of_SomeOfMany_TakesThemEvenly(int count, int most, int[] positions) =>
        Assert.That(EvenSample.Of([.. Enumerable.Range(0, count)], most), Is.EqualTo(positions));

    // 2,000 of 25,000 reviews that are sorted by label, as IMDB's are.
    [Test]
    public void Of_SortedByLabel_HasBothHalvesAlike() => Assert.That(
        EvenSample.Of([.. Enumerable.Range(0, 25_000)], 2000).Count(position => position < 12_500), Is.EqualTo(1000));

    [Test]
    public void Of_NegativeNumber_IsAnError() =>
        Assert.That(() => EvenSample.Of([1], -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
