namespace OnnxSentiment.Parity.Tests;

public class McNemarTestTests
{
    // Twice the tail by hand: 5 and 0 are 2 / 2^5; 9 and 1 are 2 (1 + 10) / 2^10; 2 and 10 are 2 (1 + 12 + 66) / 2^12.
    // Larger ones from binomial coefficients in whole numbers (Python: fractions, math.comb); 150 and 86 are the
    // approval of a prime minister before and after, Agresti, Categorical Data Analysis, table 10.1.
    [TestCase(0, 0, 1)]
    [TestCase(1, 0, 1)]
    [TestCase(3, 4, 1)]
    [TestCase(5, 0, 0.0625)]
    [TestCase(6, 0, 0.03125)]
    [TestCase(9, 1, 0.021484375)]
    [TestCase(2, 10, 0.03857421875)]
    [TestCase(12, 8, 0.5034446716308594)]
    [TestCase(150, 86, 3.715936139571442e-05)]
    [TestCase(1100, 1000, 0.030720707864242296)]
    [TestCase(5000, 4800, 0.04440414879984629)]
    public void PValue_OfDiscordantTexts_IsTheExactOne(int first, int second, double expected)
    {
        Assert.That(McNemarTest.PValue(first, second), Is.EqualTo(expected).Within(1e-9).Percent);
        Assert.That(McNemarTest.PValue(second, first), Is.EqualTo(McNemarTest.PValue(first, second)));
    }

    [Test]
    public void PValue_OfManyTexts_NeitherOverflowsNorIsZeroTooEarly()
    {
        Assert.That(McNemarTest.PValue(1000, 0), Is.EqualTo(Math.Pow(2, -999)).Within(1e-6).Percent);
        Assert.That(McNemarTest.PValue(10_000_000, 10_000_000), Is.EqualTo(1));
        Assert.That(McNemarTest.PValue(1_000_000, 999_000), Is.EqualTo(0.4797).Within(0.001)); // normal: z = 0.707
        Assert.That(McNemarTest.PValue(100_000, 0), Is.Zero.And.Not.Negative);
    }

    [Test]
    public void PValue_NegativeCounts_AreErrors() =>
        Assert.That(() => McNemarTest.PValue(-1, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
