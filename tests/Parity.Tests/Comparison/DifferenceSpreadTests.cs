namespace OnnxSentiment.Parity.Tests;

public class DifferenceSpreadTests
{
    [Test]
    public void Of_Numbers_MeasuresTheirDifferences()
    {
        double[] expected = [.. Enumerable.Repeat(1.0, 1000)], actual = [.. expected];
        (actual[3], actual[7]) = (1.5, 1.002);
        var spread = DifferenceSpread.Of(actual, expected);
        Assert.That((spread.Count, spread.NotFinite, spread.Largest), Is.EqualTo((1000, 0, 0.5)));
        Assert.That(spread.Mean, Is.EqualTo(0.502 / 1000).Within(1e-12));
        Assert.That(spread.Percentile999, Is.EqualTo(0.002).Within(1e-12), "999 of 1,000 are not above it");
        Assert.That(spread.Decades, Is.EqualTo(((int?, int)[])[(null, 998), (-3, 1), (-1, 1)]));
    }

    [Test]
    public void Of_NotFinite_IsCountedApart()
    {
        var spread = DifferenceSpread.Of(
            [double.NaN, double.PositiveInfinity, 1, double.NaN], [double.NaN, 1, 1, 0]);
        Assert.That((spread.Count, spread.NotFinite, spread.Largest, spread.Mean), Is.EqualTo((4, 3, 0.0, 0.0)));
        Assert.That(spread.ToText(), Does.Contain("NaN or infinite"));
    }

    [Test]
    public void Of_Nothing_IsZero() => Assert.That(
        DifferenceSpread.Of([], []) with { Decades = [] },
        Is.EqualTo(new DifferenceSpread(0, 0, 0, 0, 0, []) with { Decades = [] }).Using<DifferenceSpread>(
            (a, b) => (a.Count, a.Largest, a.Mean, a.Percentile999) == (b.Count, b.Largest, b.Mean, b.Percentile999)));

    [Test]
    public void ToText_Decades_AreALineEach() => Assert.That(
        DifferenceSpread.Of([0, 0, 0.25, 0.003], [0, 0, 0, 0]).ToText().Split('\n'),
        Is.EqualTo((string[])
        [
            $"{"0",-16} {2,10} {new string('#', 40)}",
            $"{"1e-03 to 1e-02",-16} {1,10} {new string('#', 20)}",
            $"{"1e-01 to 1e+00",-16} {1,10} {new string('#', 20)}",
        ]));
}
