namespace OnnxSentiment.Evaluation.Tests;

public class RocCurveTests
{
    // A case reads: scores from the highest down, + with the label, - without; texts between bars score the same.
    [TestCase("+ | - | + | -", 0.75, "0,0 0,0.5 0.5,0.5 0.5,1 1,1")]
    [TestCase("+ | + | - | -", 1, "0,0 0,1 1,1")]
    [TestCase("- | +", 0, "0,0 1,0 1,1")]
    [TestCase("+ -", 0.5, "0,0 1,1")]
    [TestCase("+ - | -", 0.75, "0,0 0.5,1 1,1")]
    [TestCase("+ | + - - | - +", 5.5 / 9, "0,0 0,0.3333333333333333 0.6666666666666666,0.6666666666666666 1,1")]
    public void Of_Scores_AreaAndCornersByHand(string ranks, double area, string corners)
    {
        var curve = RocCurve.Of(Parse(ranks))!;
        Assert.That(curve.Area, Is.EqualTo(area).Within(1e-15));
        Assert.That(
            string.Join(' ', curve.Points.Select(point => FormattableString.Invariant($"{point.X},{point.Y}"))),
            Is.EqualTo(corners));
    }

    [TestCase("+ | +")]
    [TestCase("-")]
    [TestCase("")]
    public void Of_OneKindOfTexts_HasNoCurve(string ranks) => Assert.That(RocCurve.Of(Parse(ranks)), Is.Null);

    // The definition, pair by pair, on scores of which many are equal; and the area below the corners.
    [Test]
    public void Of_RandomScoresWithTies_IsTheShareOfPairsWon([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 200).Select(_ => ((double)random.Next(12), random.Next(4) == 0)).ToList();
        var pairs =
            from a in texts
            where a.Item2
            from b in texts
            where !b.Item2
            select a.Item1 > b.Item1 ? 1 : a.Item1 == b.Item1 ? 0.5 : 0;
        var curve = RocCurve.Of(texts)!;
        var below = curve.Points.Zip(curve.Points.Skip(1), (p, q) => (q.X - p.X) * (p.Y + q.Y) / 2).Sum();
        Assert.That(curve.Area, Is.EqualTo(pairs.Average()).Within(1e-12), $"seed {seed}");
        Assert.That(below, Is.EqualTo(curve.Area).Within(1e-12), $"seed {seed}");
    }

    private static List<(double, bool)> Parse(string ranks) =>
    [
        .. ranks.Split('|').SelectMany((rank, i) =>
            rank.Where(c => c is '+' or '-').Select(c => (-(double)i, c == '+'))),
    ];
}
