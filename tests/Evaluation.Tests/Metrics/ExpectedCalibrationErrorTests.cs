namespace OnnxSentiment.Evaluation.Tests;

public class ExpectedCalibrationErrorTests
{
    // Two texts of 0.9, of which one is right, and one of 0.6, which is: (2·|0.9 - 0.5| + 1·|0.6 - 1|) / 3.
    [Test]
    public void Of_ThreeTexts_ErrorByHand()
    {
        var calibration = ExpectedCalibrationError.Of([(0.9, true), (0.9, false), (0.6, true)]);
        Assert.That(calibration.Value, Is.EqualTo(0.4).Within(1e-12));
        Assert.That(calibration.Bins, Has.Count.EqualTo(15));
        Assert.That(calibration.Bins[13], Is.EqualTo(new CalibrationBin(2, 0.9, 0.5)));
        Assert.That(
            calibration.Bins[8], Is.EqualTo(new CalibrationBin(1, 0.6, 1)), "0.6 is the upper bound of the ninth bin");
        Assert.That(calibration.Bins.Sum(bin => bin.Count), Is.EqualTo(3));
    }

    // In one bin, too sure and too unsure texts make up for each other.
    [Test]
    public void Of_TextsOfOneBin_AreTakenTogether() => Assert.That(
        ExpectedCalibrationError.Of([(0.75, true), (0.75, true), (0.75, true), (0.75, false)]).Value, Is.Zero);

    [TestCase(0, 0)]
    [TestCase(1, 14)]
    [TestCase(0.5, 7)]
    [TestCase(1.0 / 15, 0)]
    public void Of_AnyProbability_HasABin(double confidence, int bin) =>
        Assert.That(ExpectedCalibrationError.Of([(confidence, true)]).Bins[bin].Count, Is.EqualTo(1));

    [Test]
    public void Of_NoTexts_Throws() =>
        Assert.That(() => ExpectedCalibrationError.Of([]), Throws.InstanceOf<ArgumentException>());
}
