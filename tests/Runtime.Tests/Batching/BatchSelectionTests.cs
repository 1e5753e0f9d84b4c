namespace OnnxSentiment.Runtime.Tests;

public class BatchSelectionTests
{
    [Test]
    public void Take_UnequalLengths_TakesTheFirstAndThoseLikeIt()
    {
        var waiting = Requests(10, 90, 11, 50, 9);

        var batch = BatchSelection.Take(waiting, maximumTokens: 33);

        Assert.That(batch.Select(r => r.Input.Length), Is.EqualTo(new[] { 10, 11, 9 }));
        Assert.That(waiting.Select(r => r.Input.Length), Is.EqualTo(new[] { 90, 50 }), "the rest keeps its order");
    }

    [Test]
    public void Take_FirstLongerThanTheBudget_TakesItAlone()
    {
        var waiting = Requests(100, 1, 100);

        Assert.That(
            BatchSelection.Take(waiting, maximumTokens: 10).Select(r => r.Input.Length), Is.EqualTo(new[] { 100 }));
        Assert.That(waiting, Has.Count.EqualTo(2));
    }

    [Test]
    public void Take_LongTextAmongShortOnesThatKeepComing_IsNotPassedOver()
    {
        var waiting = Requests(3, 3, 500, 3, 3);
        var longText = waiting[2];
        var before = 0;
        for (; before < 100 && !BatchSelection.Take(waiting, maximumTokens: 12).Contains(longText); before++)
        {
            waiting.AddRange(Requests(3, 3, 3, 3, 3, 3));
        }

        Assert.That(before, Is.EqualTo(1), "batches before its own");
    }

    [Test]
    public void Take_RandomLengths_TakesEachOnceWithinTheBudget([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var budget = random.Next(1, 3_000);
        var waiting = Requests([.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => random.Next(1, 200))]);
        var all = waiting.ToArray();
        var taken = new List<BatchRequest>();
        while (waiting.Count > 0)
        {
            var first = waiting[0];
            var batch = BatchSelection.Take(waiting, budget);
            var padded = batch.Count * batch.Max(r => r.Input.Length);
            Assert.That(batch, Does.Contain(first), $"seed {seed}");
            Assert.That(padded <= budget || batch.Count == 1, $"seed {seed}: {padded} ids of at most {budget}");
            taken.AddRange(batch);
        }

        Assert.That(taken, Has.Count.EqualTo(all.Length), $"seed {seed}");
        Assert.That(all.Except(taken), Is.Empty, $"seed {seed}");
    }

    private static List<BatchRequest> Requests(params int[] lengths) =>
        [
            .. lengths.Select(
                length => new BatchRequest(ModelInput.Of(new long[length]), enqueued: 0, CancellationToken.None))];
}
