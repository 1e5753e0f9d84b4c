using System.Numerics;

namespace OnnxSentiment.Trainer.Tests;

public class LanesTests
{
    // Two units in the last place of a float between 1 and 2.
    private const double RelativeTolerance = 2.4e-7;

    [Test]
    public void Exp_OverItsWholeRange_IsExact()
    {
        for (var x = -87f; x <= 87f; x += 0.0137f)
        {
            var expected = Math.Exp(x);
            Assert.That(
                Lanes.Exp(new Vector<float>(x))[0] / expected, Is.EqualTo(1).Within(RelativeTolerance), $"exp({x})");
        }
    }

    [TestCase(float.PositiveInfinity)]
    [TestCase(1e30f)]
    [TestCase(-1e30f)]
    [TestCase(float.NegativeInfinity)]
    public void Exp_BeyondItsRange_StaysFinite(float x) =>
        Assert.That(Lanes.Exp(new Vector<float>(x))[0], x > 0
            ? Is.GreaterThan(1e38f).And.LessThan(float.PositiveInfinity) : Is.Zero);

    [Test]
    public void Exp_NotANumber_StaysSo() => Assert.That(Lanes.Exp(new Vector<float>(float.NaN))[0], Is.NaN);

    [Test]
    public void RoundUp_AnyLength_IsTheNextMultiple()
    {
        var lanes = Vector<float>.Count;
        Assert.That(
            new long[] { 1, lanes - 1, lanes, lanes + 1 }.Select(Lanes.RoundUp),
            Is.EqualTo(new long[] { lanes, lanes, lanes, 2 * lanes }));
    }
}
