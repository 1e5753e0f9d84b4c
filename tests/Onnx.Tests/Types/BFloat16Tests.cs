namespace OnnxSentiment.Onnx.Tests;

public class BFloat16Tests
{
    // Seven bits of fraction: next to 1 lie 1 ± 2^-7 and 1 ± 2^-8.
    [TestCase(1f, 1f)]
    [TestCase(-3.5f, -3.5f)]
    [TestCase(1.0078125f, 1.0078125f)]
    [TestCase(1.00390625f, 1f, Description = "half way between 1 and the next: to the even one")]
    [TestCase(1.01171875f, 1.015625f, Description = "half way, and the even one lies above")]
    [TestCase(1.004f, 1.0078125f)]
    [TestCase(float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase(float.MaxValue, float.PositiveInfinity)]
    [TestCase(0f, 0f)]
    public void Convert_Float_RoundsToTheNearest(float value, float expected) =>
        Assert.That((float)(BFloat16)value, Is.EqualTo(expected));

    [Test]
    public void Convert_NaN_StaysNaN() => Assert.That(
        ((float[])[float.NaN, BitConverter.UInt32BitsToSingle(0x7F800001)]).Select(value => (float)(BFloat16)value),
        Has.All.NaN);

    [Test]
    public void ToString_Number_IsInvariant() => Assert.That($"{(BFloat16)(-1.5f)}", Is.EqualTo("-1.5"));
}
