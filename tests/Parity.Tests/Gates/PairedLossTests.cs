namespace OnnxSentiment.Parity.Tests;

public class PairedLossTests
{
    private const double Square = 1.6448536269514722 * 1.6448536269514722;

    // Without texts that differ, the equation has the solution z² / (n + z²).
    [TestCase(1)]
    [TestCase(60)]
    [TestCase(25_000)]
    public void UpperBound_NothingDiffers_IsWhatSoFewTextsLeaveOpen(int texts) => Assert.That(
        PairedLoss.UpperBound(0, 0, texts), Is.EqualTo(Square / (texts + Square)).Within(1e-9));

    // From a maximization of the likelihood under each loss by ternary search, in Python.
    [TestCase(3, 0, 1000, 0.007482491301906613)]
    [TestCase(4, 8, 25_000, 7.604452736648117e-05)]
    [TestCase(200, 200, 25_000, 0.001320182752229041)]
    [TestCase(10, 4, 100, 0.12698273715262906)]
    [TestCase(0, 5, 50, -0.04353349722268317)]
    public void UpperBound_OfTextsThatDiffer_IsTangos(int worse, int better, int texts, double expected) =>
        Assert.That(PairedLoss.UpperBound(worse, better, texts), Is.EqualTo(expected).Within(2e-7));

    [Test]
    public void UpperBound_AllWorse_IsOne() => Assert.That(PairedLoss.UpperBound(8, 0, 8), Is.EqualTo(1).Within(1e-12));

    [Test]
    public void UpperBound_ImpossibleCounts_AreErrors()
    {
        Assert.That(() => PairedLoss.UpperBound(0, 0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => PairedLoss.UpperBound(3, 3, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
