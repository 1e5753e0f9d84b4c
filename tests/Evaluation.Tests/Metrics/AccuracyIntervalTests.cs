namespace OnnxSentiment.Evaluation.Tests;

public class AccuracyIntervalTests
{
    // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I,
    // method 3.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void Of_PublishedShares_IsWilsons(int correct, int count, double low, double high)
    {
        var interval = AccuracyInterval.Of(correct, count);
        Assert.That(interval.Low, Is.EqualTo(low).Within(5.1e-5));
        Assert.That(interval.High, Is.EqualTo(high).Within(5.1e-5));
        var mirrored = AccuracyInterval.Of(count - correct, count);
        Assert.That(mirrored.Low, Is.EqualTo(1 - interval.High).Within(1e-12));
        Assert.That(mirrored.High, Is.EqualTo(1 - interval.Low).Within(1e-12));
    }

    [Test]
    public void Of_AllOrNone_EndsExactlyThere()
    {
        Assert.That(AccuracyInterval.Of(7, 7).High, Is.EqualTo(1));
        Assert.That(AccuracyInterval.Of(0, 7).Low, Is.Zero);
        Assert.That(AccuracyInterval.Of(int.MaxValue, int.MaxValue).Low, Is.GreaterThan(0.999999));
    }

    [TestCase(0, 0)]
    [TestCase(-1, 5)]
    [TestCase(6, 5)]
    public void Of_ImpossibleCounts_AreErrors(int correct, int count) => Assert.That(
        () => AccuracyInterval.Of(correct, count), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
