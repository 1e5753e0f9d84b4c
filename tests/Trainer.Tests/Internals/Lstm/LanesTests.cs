using System.Numerics;
using OnnxSentiment.Trainer.Internals.Lstm;

namespace OnnxSentiment.Trainer.Tests.Internals.Lstm;

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
            Assert.That(Lanes.Exp(new Vector<float>(x))[0] / expected, Is.EqualTo(1).Within(RelativeTolerance), $"exp({x})");
        }
    }

    [TestCase(float.PositiveInfinity)]
    [TestCase(1e30f)]
    [TestCase(-1e30f)]
    [TestCase(float.NegativeInfinity)]
    public void Exp_BeyondItsRange_StaysFinite(float x) =>
        Assert.That(Lanes.Exp(new Vector<float>(x))[0], x > 0 ? Is.GreaterThan(1e38f).And.LessThan(float.PositiveInfinity) : Is.Zero);

    [Test]
    public void Exp_NotANumber_StaysSo() => Assert.That(Lanes.Exp(new Vector<float>(float.NaN))[0], Is.NaN);

    [Test]
    public void LoadAndStore_AtTheRestOfARow_TouchNothingBehindIt()
    {
        var values = Enumerable.Range(1, Vector<float>.Count + 3).Select(i => (float)i).ToArray();
        var row = values.AsSpan(0, Vector<float>.Count + 2);
        var rest = Lanes.Load(row, Vector<float>.Count);
        Assert.That((rest[0], rest[1], rest[2]), Is.EqualTo((values[^3], values[^2], 0f)));
        Lanes.Store(new Vector<float>(-1), row, Vector<float>.Count);
        Assert.That(values[^3..], Is.EqualTo([-1f, -1f, (float)(Vector<float>.Count + 3)]));
    }
}
