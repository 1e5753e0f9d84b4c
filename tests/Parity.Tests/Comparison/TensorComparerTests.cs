using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity.Tests;

public class TensorComparerTests
{
    private static readonly TensorComparer Comparer = new(
        new Tolerance(Absolute: 1e-3, Relative: 0), "the graph", "the module");

    [Test]
    public void Compare_WithinTheTolerance_PassesAndSaysHowFar()
    {
        var result = Comparer.Compare(Floats(1, 2.0005f), Floats(1, 2));
        Assert.That(result.Passed, result.Difference);
        Assert.That(result.LargestAbsolute, Is.EqualTo(5e-4).Within(1e-6));
    }

    [Test]
    public void Compare_Beyond_NamesCountPlaceAndBothValues()
    {
        var actual = new NamedTensor("x", [2, 2], new[] { 1f, 2f, 3.5f, 4.25f });
        var expected = new NamedTensor("y", [2, 2], new[] { 1f, 2f, 3f, 4f });
        var result = Comparer.Compare(actual, expected);
        Assert.That(result.Passed, Is.False);
        Assert.That(
            result.Difference,
            Does.Contain("2 of 4").And.Contain("[1, 0]").And.Contain("3.5 in the graph").And.Contain(
                "3 in the module"));
        Assert.That(result.LargestAbsolute, Is.EqualTo(0.5));
    }

    // A half of the tolerance of 1e-3 is within it where the largest number is 1, and is not where it is a tenth.
    [TestCase(1f, true)]
    [TestCase(100f, true)]
    [TestCase(0.1f, false)]
    public void Compare_SmallNumbers_GetASmallerTolerance(float largest, bool passes) =>
        Assert.That(Comparer.Compare(Floats(largest, 0.0005f), Floats(largest, 0)).Passed, Is.EqualTo(passes));

    [TestCase(0.9e-5f, true)]
    [TestCase(1.1e-5f, false)]
    public void Compare_TinyNumbers_KeepAHundredthOfTheTolerance(float difference, bool passes) =>
        Assert.That(Comparer.Compare(Floats(difference), Floats(0)).Passed, Is.EqualTo(passes));

    [Test]
    public void Compare_RelativePart_GrowsWithEachNumber()
    {
        var comparer = new TensorComparer(new Tolerance(Absolute: 0, Relative: 1e-3), "a", "b");
        Assert.That(comparer.Compare(Floats(1000.9f), Floats(1000)).Passed);
        Assert.That(comparer.Compare(Floats(1000, 1.1f), Floats(1000, 1)).Passed, Is.False);
    }

    [Test]
    public void Compare_OtherShape_SaysBoth() => Assert.That(
        Comparer.Compare(new NamedTensor("x", [1, 2], new float[2]), Floats(0, 0)).Difference, Does.Contain(
            "[1, 2]").And.Contain("[2]"));

    [Test]
    public void Compare_OtherType_SaysBoth() => Assert.That(
        Comparer.Compare(Floats(1), new NamedTensor("x", [1], new[] { 1.0 })).Difference, Does.Contain(
            "float").And.Contain("double"));

    [Test]
    public void Compare_Integers_HaveToBeEqual()
    {
        var large = new TensorComparer(new Tolerance(10, 10), "a", "b");
        Assert.That(large.Compare(Longs(1, 2), Longs(1, 2)).Passed);
        Assert.That(large.Compare(Longs(1, 2), Longs(1, 3)).Passed, Is.False);
    }

    [Test]
    public void Compare_Strings_HaveToBeEqual()
    {
        Assert.That(Comparer.Compare(Texts("a", "b"), Texts("a", "b")).Passed);
        Assert.That(
            Comparer.Compare(Texts("a", "b"), Texts("a", "c")).Difference,
            Does.Contain("[1]").And.Contain("'b'").And.Contain("'c'"));
    }

    [TestCase(float.NaN, float.NaN, true)]
    [TestCase(float.NaN, 1f, false)]
    [TestCase(1f, float.NaN, false)]
    [TestCase(float.PositiveInfinity, float.PositiveInfinity, true)]
    [TestCase(float.PositiveInfinity, float.NegativeInfinity, false)]
    [TestCase(float.MinValue, float.NegativeInfinity, true)]
    [TestCase(float.NegativeInfinity, float.MinValue, false)]
    public void Compare_NotFinite_OnlyTheSame(float actual, float expected, bool passes) =>
        Assert.That(Comparer.Compare(Floats(actual), Floats(expected)).Passed, Is.EqualTo(passes));

    private static NamedTensor Floats(params float[] values) => new("x", [values.Length], values);

    private static NamedTensor Longs(params long[] values) => new("x", [values.Length], values);

    private static NamedTensor Texts(params string[] values) => new("x", [values.Length], values);
}
