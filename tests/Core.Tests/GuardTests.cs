namespace OnnxSentiment.Core.Tests;

public class GuardTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void InRange_WithinOrAtTheBounds_Passes(int value) =>
        Assert.That(() => Guard.InRange("epochs", value, 1, 3), Throws.Nothing);

    [TestCase(0)]
    [TestCase(4)]
    public void InRange_Outside_NamesSettingValueAndRange(int value) => Assert.That(
        () => Guard.InRange("epochs", value, 1, 3),
        Throws.InstanceOf<InvalidInputException>().With.Message.EqualTo(
            $"epochs is {value}, but has to lie between 1 and 3."));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-0.001)]
    public void InRange_NoUsableNumber_Throws(double value) =>
        Assert.That(() => Guard.InRange("dropout", value, 0, 1), Throws.InstanceOf<InvalidInputException>());
}
