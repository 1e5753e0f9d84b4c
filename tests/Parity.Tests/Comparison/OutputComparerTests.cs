using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

public sealed class OutputComparerTests
{
    private static readonly NamedBatch Two = new("two", TokenBatch.Pad([[1, 5, 3], [1]]));

    private static readonly ModelOutputs Expected = new([2, -4], [0.9, 0.02]);

    [Test]
    public void Compare_Equal_Passes()
    {
        var report = Compare(Expected);
        Assert.That(report.Passed, report.ToText());
        Assert.That(report.Texts, Is.EqualTo(2));
        Assert.That(report.Outputs[0].LargestAbsoluteAt, Is.Null);
    }

    [Test]
    public void Compare_LogitTooFar_SaysWhereAndHowMuch()
    {
        var report = Compare(new([2, -4.25], [0.9, 0.02]));
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Outputs[0].Rejected, Is.EqualTo(1));
        Assert.That(report.Outputs[0].LargestAbsolute, Is.EqualTo(0.25));
        Assert.That(report.Outputs[0].LargestRelative, Is.EqualTo(0.0625));
        Assert.That(report.Outputs[0].LargestAbsoluteAt, Is.EqualTo(new TextLocation("two", 1, 1)));
        Assert.That(report.Failures[0], Does.Contain("batch 'two', row 1 (1 tokens)").And.Contain("-4.25"));
    }

    [Test]
    public void Compare_ProbabilityTooFar_IsRejectedAmongTheProbabilities()
    {
        var report = Compare(new([2, -4], [0.9, 0.0201]));
        Assert.That(report.Passed, Is.False);
        Assert.That(
            report.Outputs.Select(output => (output.Output, output.Rejected)),
            Is.EqualTo(new[] { (OutputKind.Logit, 0), (OutputKind.Probability, 1) }));
    }

    // Allowed at -4: 1e-4 + 4e-4.
    [TestCase(4.9e-4, true)]
    [TestCase(5.1e-4, false)]
    public void Compare_AtTheBound_AbsolutePlusRelative(double difference, bool passes) =>
        Assert.That(Compare(new([2, -4 + difference], [0.9, 0.02])).Passed, Is.EqualTo(passes));

    // A logit of 0 among logits near 400 may differ by 1e-4 · 400 / 10; its probability by as many times more.
    [TestCase(3.9e-3, 3.9e-4, true)]
    [TestCase(4.1e-3, 3.9e-4, false)]
    [TestCase(3.9e-3, 4.1e-4, false)]
    public void Compare_CancelsOutAmongLargeLogits_FollowsTheirMagnitude(double logit, double probability, bool passes)
    {
        double[] logits = [400, 0], probabilities = [1, 0.1];
        var report = Compare(
            new([400, logit], [1, 0.1 + probability - (1e-5 * 0.1)]), new ModelOutputs(logits, probabilities));
        Assert.That(report.Passed, Is.EqualTo(passes), report.ToText());
        Assert.That(report.Outputs[0].Tolerance.Absolute, Is.EqualTo(4e-3).Within(1e-9));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Compare_NotFinite_Fails(double value)
    {
        var report = Compare(new([value, -4], [0.9, 0.02]));
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Outputs[0].NotFinite, Is.EqualTo(1));
    }

    [Test]
    public void Compare_BothNotANumber_Fails()
    {
        ModelOutputs nan = new([double.NaN, 1], [0.5, 0.5]);
        Assert.That(Compare(nan, nan).Passed, Is.False);
    }

    [Test]
    public void Compare_OtherLabel_CountsFlip()
    {
        var report = Compare(new([2, -4], [0.4, 0.02]));
        Assert.That(report.LabelFlips, Is.EqualTo(1));
        Assert.That(report.Passed, Is.False);
    }

    // Probabilities within 1e-5 of the threshold may fall to either side by rounding.
    [TestCase(0.500004, 0.499998, 0)]
    [TestCase(0.500004, 0.49998, 1)]
    public void Compare_OnTheBorder_NoFlip(double actual, double expected, int flips) =>
        Assert.That(Compare(new([0, 0], [actual, 0.1]), new([0, 0], [expected, 0.1])).LabelFlips, Is.EqualTo(flips));

    // Of three labels, the second and the third of the first text are 1e-5 apart, which rounding may turn around.
    [TestCase(0.2, 0.400004, 0.399996, 0)]
    [TestCase(0.2, 0.40002, 0.39998, 1)]
    [TestCase(0.4, 0.3, 0.3, 1)]
    public void Compare_MoreLabels_FlipsAreOtherWinners(double first, double second, double third, int flips)
    {
        ModelOutputs expected = new(new double[6], [0.2, 0.399996, 0.400004, 0.1, 0.1, 0.8], LogitCount: 3);
        var report = Compare(new(new double[6], [first, second, third, 0.1, 0.1, 0.8], LogitCount: 3), expected);
        Assert.That(report.LabelFlips, Is.EqualTo(flips));
        Assert.That(report.Texts, Is.EqualTo(2));
    }

    [Test]
    public void Compare_OtherNumberOfColumns_Fails()
    {
        var report = Compare(new(new double[6], new double[6], LogitCount: 3));
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failures[0], Does.Contain("returned 6 logits").And.Contain("2 each were expected"));
    }

    [Test]
    public void Compare_OneOfManyColumnsTooFar_IsRejected()
    {
        var runner = new Runner(
            "a", batch => new(new double[batch.Count * 3], new double[batch.Count * 3], LogitCount: 3));
        var other = new Runner("b", batch =>
        {
            var outputs = new ModelOutputs(new double[batch.Count * 3], new double[batch.Count * 3], LogitCount: 3);
            outputs.Logits[^1] = 1;
            return outputs;
        });
        var report = OutputComparer.Compare(runner, other, [Two]);
        Assert.That(report.Outputs[0].Rejected, Is.EqualTo(1));
        Assert.That(report.Outputs[0].LargestAbsoluteAt!.Row, Is.EqualTo(1));
    }

    [Test]
    public void Compare_TooFewOutputs_Fails()
    {
        var report = Compare(new([2], [0.9]));
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failures[0], Does.Contain("returned 1 logits").And.Contain("2 each were expected"));
    }

    [Test]
    public void Compare_NoBatches_DoesNotPass() => Assert.That(
        OutputComparer.Compare(new("a", _ => Expected), new("b", _ => Expected), []).Passed, Is.False);

    [Test]
    public void Compare_ManyFailures_KeepsTenSentencesAndCountsAll()
    {
        var runner = new Runner("a", batch => new(new double[batch.Count], new double[batch.Count]));
        var other = new Runner("b", batch => new([.. Enumerable.Repeat(1.0, batch.Count)], new double[batch.Count]));
        var report = OutputComparer.Compare(runner, other, Enumerable.Repeat(Two, 20));
        Assert.That(report.Failures, Has.Count.EqualTo(10));
        Assert.That(report.Outputs[0].Rejected, Is.EqualTo(40));
    }

    private static ComparisonReport Compare(ModelOutputs actual, ModelOutputs? expected = null)
    {
        var comparer = new OutputComparer("actual", "expected");
        comparer.Add(Two, actual, expected ?? Expected);
        return comparer.ToReport();
    }
}
