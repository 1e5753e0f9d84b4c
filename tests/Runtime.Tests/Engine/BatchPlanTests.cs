namespace OnnxSentiment.Runtime.Tests;

public class BatchPlanTests
{
    [Test]
    public void Create_NoTexts_HasNoBatches()
    {
        var plan = BatchPlan.Create([], maximumTokens: 100);

        Assert.That(plan.Order, Is.Empty);
        Assert.That(plan.Batches, Is.Empty);
    }

    [Test]
    public void Create_UnequalLengths_PutsNeighboursOfSimilarLengthTogetherLongestFirst()
    {
        var plan = BatchPlan.Create([2, 9, 3, 10, 3], maximumTokens: 20);

        Assert.That(plan.Order, Is.EqualTo(new[] { 3, 1, 2, 4, 0 }));
        Assert.That(plan.Batches, Is.EqualTo(new[] { 0..2, 2..5 }));
    }

    [Test]
    public void Create_TextLongerThanTheBudget_RunsAlone()
    {
        var plan = BatchPlan.Create([50, 51, 1], maximumTokens: 10);

        Assert.That(plan.Batches, Is.EqualTo(new[] { 0..1, 1..2, 2..3 }));
    }

    [Test]
    public void Create_RandomLengths_CoversEveryTextOnceWithinTheBudget([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var lengths = Enumerable.Range(0, random.Next(1, 500)).Select(_ => random.Next(1, 200)).ToArray();
        var budget = random.Next(1, 5_000);

        var plan = BatchPlan.Create(lengths, budget);

        var planned = plan.Batches.SelectMany(batch => plan.Order[batch]).ToArray();
        Assert.That(planned, Is.EquivalentTo(Enumerable.Range(0, lengths.Length)), $"seed {seed}");
        foreach (var rows in plan.Batches.Select(batch => plan.Order[batch]))
        {
            var padded = rows.Length * lengths[rows[0]];
            Assert.That(rows.Max(row => lengths[row]), Is.EqualTo(lengths[rows[0]]), $"seed {seed}: longest first");
            Assert.That(padded <= budget || rows.Length == 1, $"seed {seed}: {padded} ids of at most {budget}");
        }
    }
}
