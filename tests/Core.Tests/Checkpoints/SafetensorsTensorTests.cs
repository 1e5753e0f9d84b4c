namespace OnnxSentiment.Core.Tests;

public class SafetensorsTensorTests
{
    [Test]
    public void FromFloats_Values_GivesThemBack()
    {
        var tensor = SafetensorsTensor.FromFloats([1.5f, float.NaN, -0f, float.Epsilon], [2, 2]);
        Assert.That(tensor.AsFloats().ToArray(), Is.EqualTo([1.5f, float.NaN, -0f, float.Epsilon]));
        Assert.That(tensor.Type, Is.EqualTo("F32"));
    }

    [Test]
    public void FromFloats_AnotherNumberOfValues_Throws() => Assert.That(
        () => SafetensorsTensor.FromFloats([1, 2, 3], [2, 2]),
        Throws.ArgumentException.With.Message.Contains("has 12 bytes, but F32 [2, 2] takes 16"));

    [Test]
    public void AsFloats_AnotherType_SaysWhatToDo() => Assert.That(
        () => new SafetensorsTensor("F64", [1], new byte[8]).AsFloats().Length,
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains(
            "of type F64, but F32 was expected: convert it"));

    [Test]
    public void Constructor_UnknownType_ListsTheKnownOnes() => Assert.That(
        () => new SafetensorsTensor("F128", [1], new byte[16]),
        Throws.ArgumentException.With.Message.Contains("'F128' is unknown; known types: C64, F64, F32"));

    [Test]
    public void Constructor_NegativeDimensions_Throws() =>
        Assert.That(() => new SafetensorsTensor("U8", [-2, -2], new byte[4]), Throws.ArgumentException);
}
