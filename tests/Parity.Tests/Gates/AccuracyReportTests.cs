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
    public void Passed_AtTheBorder_ExactlyTheAllowedDropDoes(
        int texts, int before, int after, double maximumDrop, bool passes) =>
        Assert.That(Of(texts, before, after, maximumDrop).Passed, Is.EqualTo(passes));

    // Every drop of whole thousandths that whole texts can lose exactly: no rounding may push one over the border.
    [Test]
    public void Passed_ExactlyTheAllowedDrop_DoesForEveryNumber()
    {
        for (var lost = 0; lost <= 2000; lost++)
        {
            var drop = double.Parse($"{lost / 100}.{lost % 100:00}", System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(Of(10_000, 9000, 9000 - lost, drop).Passed, $"{lost} of 10,000 at {drop}");
            Assert.That(Of(10_000, 9000, 9000 - lost - 1, drop).Passed, Is.False, $"{lost + 1} of 10,000 at {drop}");
        }
    }

    [Test]
    public void LostPoints_OfAThousand_ArePercentagePoints()
    {
        Assert.That(Of(1000, 900, 875, 0).LostPoints, Is.EqualTo(2.5).Within(1e-12));
        Assert.That(Of(1000, 900, 910, 0).LostPoints, Is.EqualTo(-1).Within(1e-12));
    }

    [Test]
    public void ToSentence_OfALoss_HasEveryFigure() => Assert.That(
        Of(1000, 900, 875, 0.2).ToSentence(),
        Does.Contain("int8").And.Contain("2.5 ").And.Contain("0.90000").And.Contain("0.87500").And.Contain(
            "1,000").And.Contain("0.2 "));

    private static AccuracyReport Of(int texts, int before, int after, double maximumDrop) => new()
    {
        Single = Of(Precision.Float32, texts, before),
        Smaller = Of(Precision.Int8, texts, after),
        MaximumDrop = maximumDrop,
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
