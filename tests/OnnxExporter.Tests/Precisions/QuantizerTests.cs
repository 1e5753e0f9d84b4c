namespace OnnxSentiment.OnnxExporter.Tests;

public sealed class QuantizerTests
{
    [Test]
    public void Rows_TwoRows_EachReachesTheLimitByItself()
    {
        var rows = Quantizer.Rows("w", [0.5f, -1f, 0f, 64f, 32f, -16f], width: 3, limit: 64);
        Assert.That(rows.Values, Is.EqualTo(new sbyte[] { 32, -64, 0, 64, 32, -16 }));
        Assert.That(rows.Scales, Is.EqualTo(new[] { 1 / 64f, 1f }));
    }

    // 0 has any scale; 1e-45 is the smallest float, whose 127th part is none.
    [TestCase(0f)]
    [TestCase(1e-45f)]
    public void Rows_NothingToScale_ZerosAndAUsableScale(float weight)
    {
        var rows = Quantizer.Rows("w", [weight, -weight], width: 2, limit: 127);
        Assert.That(rows.Values, Is.EqualTo(new sbyte[] { 0, 0 }));
        Assert.That(rows.Scales, Is.EqualTo(new[] { 1f }));
    }

    [TestCase(float.MaxValue)]
    [TestCase(2e-43f)]
    public void Rows_ExtremeWeights_StayWithinTheLimit(float weight)
    {
        var rows = Quantizer.Rows("w", [weight, -weight], width: 2, limit: 127);
        Assert.That(rows.Values[0], Is.InRange(1, 127));
        Assert.That(rows.Values[1], Is.EqualTo(-rows.Values[0]));
    }
}
