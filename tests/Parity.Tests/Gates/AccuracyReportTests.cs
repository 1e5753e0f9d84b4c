using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The border between a drop that is allowed and one that is not.</summary>
public class AccuracyReportTests
{
    [TestCase(1000, 900, 898, 0.2, true)]
    [TestCase(1000, 900, 897, 0.2, false)]
    [TestCase(1000, 900, 900, 0, true)]
    [TestCase(1000, 900, 899, 0, false)]
    [TestCase(1000, 900, 910, 0, true)]
    [TestCase(10, 9, 0, 90, true)]
    [TestCase(10, 10, 0, 99.9, false)]
    public void IsWithinAllowance_AtTheBorder_ExactlyTheAllowedDropIs(
        int texts, int before, int after, double maximumDrop, bool passes) =>
        Assert.That(Of(texts, before, after, maximumDrop).IsWithinAllowance, Is.EqualTo(passes));

    // Every drop of whole thousandths that whole texts can lose exactly: no rounding may push one over the border.
    [Test]
    public void IsWithinAllowance_ExactlyTheAllowedDrop_IsForEveryNumber()
    {
        for (var lost = 0; lost <= 2000; lost++)
        {
            var drop = double.Parse($"{lost / 100}.{lost % 100:00}", System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(Of(10_000, 9000, 9000 - lost, drop).IsWithinAllowance, $"{lost} of 10,000 at {drop}");
            Assert.That(
                Of(10_000, 9000, 9000 - lost - 1, drop).IsWithinAllowance, Is.False, $"{lost + 1} of 10,000 at {drop}");
        }
    }

    [Test]
    public void LostPoints_OfAThousand_ArePercentagePoints()
    {
        Assert.That(Of(1000, 900, 875, 0).LostPoints, Is.EqualTo(2.5).Within(1e-12));
        Assert.That(Of(1000, 900, 910, 0).LostPoints, Is.EqualTo(-1).Within(1e-12));
    }

    // Five texts that only got worse are a p of 0.0625, six of 0.031; beside texts that got better, it takes more.
    [TestCase(60, 5, 0, 0.2, AccuracyVerdict.Inconclusive)]
    [TestCase(60, 6, 0, 0.2, AccuracyVerdict.Refused)]
    [TestCase(60, 9, 3, 0.2, AccuracyVerdict.Inconclusive)]
    [TestCase(60, 2, 0, 5, AccuracyVerdict.Accepted)]
    [TestCase(25_000, 4, 8, 0.2, AccuracyVerdict.Accepted)]
    [TestCase(25_000, 100, 20, 0.2, AccuracyVerdict.Refused)]
    [TestCase(25_000, 60, 20, 0.2, AccuracyVerdict.Accepted)]
    [TestCase(25_000, 560, 500, 0.2, AccuracyVerdict.Inconclusive)]
    public void Verdict_OfALoss_DistinguishesItFromChance(
        int texts, int worse, int better, double maximumDrop, AccuracyVerdict expected)
    {
        var report = Of(texts, texts / 2, (texts / 2) - worse + better, maximumDrop) with { Worse = worse };
        Assert.That((report.Verdict, report.Better), Is.EqualTo((expected, better)));
        Assert.That(
            report.ToCheck().Outcome,
            Is.EqualTo(expected switch
            {
                AccuracyVerdict.Accepted => CheckOutcome.Passed,
                AccuracyVerdict.Refused => CheckOutcome.Failed,
                _ => CheckOutcome.Skipped,
            }));
    }

    // Sixty texts without a difference leave 4.3 points open, 25,000 with twelve differences next to nothing.
    [TestCase(60, 0, 0, 0.2, AccuracyVerdict.Refused)]
    [TestCase(60, 0, 0, 5, AccuracyVerdict.Accepted)]
    [TestCase(25_000, 4, 8, 0.2, AccuracyVerdict.Accepted)]
    [TestCase(25_000, 60, 20, 0.2, AccuracyVerdict.Refused)]
    public void Verdict_ProofRequired_TakesEnoughTexts(
        int texts, int worse, int better, double maximumDrop, AccuracyVerdict expected)
    {
        var report = Of(texts, texts / 2, (texts / 2) - worse + better, maximumDrop) with
        {
            Worse = worse,
            RequireProof = true,
        };
        Assert.That(report.Verdict, Is.EqualTo(expected), report.ToSentence());
        Assert.That(
            report.ToSentence(), Does.Contain(expected == AccuracyVerdict.Refused ? "do not prove" : "Proven"));
    }

    [Test]
    public void ToSentence_OfALoss_HasEveryFigure() => Assert.That(
        Of(1000, 900, 875, 0.2).ToSentence(),
        Is.EqualTo("int8 loses 2.5 percentage points of accuracy (0.90000 to 0.87500 on 1,000 texts, 25 worse and 0 " +
            "better); at most 0.2 may be lost. The loss is statistically significant (McNemar's exact test, p = " +
            "6.0e-08). Allow more with --max-accuracy-drop, or export another precision."));

    [Test]
    public void ToSentence_OfFewTexts_SaysThatTheyCannotTell() => Assert.That(
        Of(60, 50, 48, 0.2).ToSentence(),
        Does.Contain("not statistically significant").And.Contain("p = 0.5").And.Contain("more texts"));

    [Test]
    public void ToSentence_OfAGain_SaysGains() => Assert.That(
        Of(1000, 900, 910, 0).ToSentence(), Does.Contain("gains 1 percentage points").And.Contain("Proven"));

    private static AccuracyReport Of(int texts, int before, int after, double maximumDrop) => new()
    {
        Single = Of(Precision.Float32, texts, before),
        Smaller = Of(Precision.Int8, texts, after),
        MaximumDrop = maximumDrop,
        Worse = Math.Max(0, before - after),
        LabelFlips = 0,
        LargestLogitDifference = 0,
        LargestProbabilityDifference = 0,
    };

    private static FileAccuracy Of(Precision precision, int texts, int correct) => new()
    {
        Precision = precision,
        Bytes = 1,
        Texts = texts,
        Correct = correct,
        LogLoss = 0,
        TextsPerSecond = 1,
    };
}
