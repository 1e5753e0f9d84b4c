namespace OnnxSentiment.Evaluation.Tests;

public class LengthBinsTests
{
    // Lengths 1 to 16 in a mixed order, right where the length is below 6: bins of two.
    [Test]
    public void Of_SixteenTexts_EightBinsOfTwoSortedByLength()
    {
        int[] lengths = [9, 2, 16, 1, 8, 3, 15, 4, 7, 14, 5, 6, 13, 12, 11, 10];
        var bins = LengthBins.Of(lengths, [.. lengths.Select(length => length < 6)]);
        Assert.That(
            bins.Select(bin => (bin.Shortest, bin.Longest, bin.Texts)),
            Is.EqualTo(Enumerable.Range(0, 8).Select(i => ((2 * i) + 1, (2 * i) + 2, 2))));
        Assert.That(bins.Select(bin => bin.Accuracy), Is.EqualTo(new[] { 1, 1, 0.5, 0, 0, 0, 0, 0 }));
        Assert.That(bins[2].Median, Is.EqualTo(6));
    }

    [Test]
    public void Of_AnyNumberOfTexts_PutsEachIntoOneBin([Range(1, 40, 3)] int count)
    {
        var bins = LengthBins.Of(
            [.. Enumerable.Range(0, count).Select(i => i * 7 % 11)], [.. Enumerable.Repeat(true, count)]);
        Assert.That(bins.Sum(bin => bin.Texts), Is.EqualTo(count));
        Assert.That(bins.Max(bin => bin.Texts) - bins.Min(bin => bin.Texts), Is.LessThanOrEqualTo(1));
        Assert.That(
            bins.Zip(bins.Skip(1)),
            Is.All.Matches<(LengthBin Shorter, LengthBin Longer)>(
                pair => pair.Shorter.Longest <= pair.Longer.Shortest));
    }

    [Test]
    public void Of_ListsOfUnequalLengths_Throws() =>
        Assert.That(
            () => LengthBins.Of([1, 2], [true]),
            Throws.ArgumentException.With.Message.Contains("1").And.Message.Contains("2"));
}
