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

    [TestCase(1L << 62, 1L << 62, true)]
    [TestCase(1L << 62, (1L << 62) + 1, false)]
    [TestCase((1L << 53) + 1, 1L << 53, false)]
    public void Compare_LargeWholeNumbers_HaveToBeEqualToTheLastUnit(long actual, long expected, bool passes)
    {
        var result = Comparer.Compare(new("x", [1], new[] { actual }), new NamedTensor("x", [1], new[] { expected }));
        Assert.That(result.Passed, Is.EqualTo(passes));
        Assert.That(result.Difference ?? $"{actual} {expected}", Does.Contain($"{actual}").And.Contain($"{expected}"));
    }

    // As for eight bits, whose tolerance is a tenth: no floor may be above the numbers themselves.
    [Test]
    public void Compare_SmallNumbersWithOppositeSigns_AreRefusedAtAWideTolerance()
    {
        var comparer = new TensorComparer(new Tolerance(0.1, 0.1), "a", "b");
        Assert.That(comparer.Compare(Floats(-1e-4f, 2e-4f), Floats(1e-4f, -2e-4f)).Passed, Is.False);
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

    // Of the numbers beside it, not of the largest; half of the tolerance of 1e-3 is within it at 1 and beyond at 0.1.
    [TestCase(1f, 0.0005f, true)]
    [TestCase(0.1f, 0.0005f, false)]
    [TestCase(100f, 0.05f, true)]
    [TestCase(100f, 0.2f, false)]
    [TestCase(1e6f, 500f, true)]
    public void Compare_AbsolutePart_FollowsTheMagnitude(float magnitude, float difference, bool passes) =>
        Assert.That(
            Comparer.Compare(Floats(magnitude, -magnitude, difference), Floats(magnitude, -magnitude, 0)).Passed,
            Is.EqualTo(passes));

    [TestCase(0.9e-5f, true)]
    [TestCase(1.1e-5f, false)]
    public void Compare_NothingButZeros_AllowsAHundredthOfTheTolerance(float difference, bool passes) =>
        Assert.That(Comparer.Compare(Floats(difference), Floats(0)).Passed, Is.EqualTo(passes));

    [Test]
    public void Compare_TinyNumbers_AreNotTakenForZeros()
    {
        float[] farads = [1.5e-12f, -2.5e-12f, 3.5e-12f];
        Assert.That(Comparer.Compare(Floats(farads), Floats(farads)).Passed);
        Assert.That(Comparer.Compare(Floats(0, 0, 0), Floats(farads)).Passed, Is.False);
    }

    [Test]
    public void Compare_FaultBesideAHugeNumber_Found([Values(1e3f, 1e6f, 1e30f)] float huge)
    {
        var (right, wrong) = (Sequence(40), Sequence(40));
        right[7] = wrong[7] = huge;
        wrong[20] += 0.1f;
        Assert.That(Comparer.Compare(Grid(wrong, 4), Grid(right, 4)).Difference, Does.StartWith("1 of 40"));
    }

    [Test]
    public void Compare_ZeroAmongLargeNumbersOfItsColumn_RoundsAsTheyDo()
    {
        // Sixteen rows of four columns, of which the second is a million times as large as the others.
        var (right, other) = (Sequence(64), Sequence(64));
        for (var i = 1; i < 64; i += 4)
        {
            right[i] = other[i] = 1e6f * right[i];
        }

        (right[21], other[21]) = (0, 400);
        Assert.That(Comparer.Compare(Grid(other, 4), Grid(right, 4)).Difference, Is.Null);
        other[22] += 0.1f;
        Assert.That(
            Comparer.Compare(Grid(other, 4), Grid(right, 4)).Difference,
            Does.StartWith("1 of 64").And.Contain("[5, 2]"), "the next column is none of it");
    }

    [Test]
    public void Compare_MostNumbersZero_GoesByTheOthers()
    {
        var (right, other) = (new float[100], new float[100]);
        (right[3], other[3]) = (500, 500);
        (right[4], other[4]) = (400, 400);
        other[5] = 0.3f;
        Assert.That(Comparer.Compare(Floats(other), Floats(right)).Passed);
        other[5] = 0.6f;
        Assert.That(Comparer.Compare(Floats(other), Floats(right)).Passed, Is.False);
    }

    [Test]
    public void Compare_Beyond_NamesTheToleranceAndTheScale()
    {
        var comparer = new TensorComparer(new Tolerance(Absolute: 1e-3, Relative: 2e-4), "a", "b");
        var result = comparer.Compare(Floats(50, 51, 52), Floats(50, 50, 52));
        Assert.That(
            result.Difference,
            Does.EndWith("(allowed 6.0e-2: 1e-3 of the magnitude 50 around it and 2e-4 of the value)"));
        Assert.That(result.IsBeyondTolerance);
    }

    [Test]
    public void Compare_NoTolerance_WouldAccept_SaysSo()
    {
        Assert.That(Comparer.Compare(Floats(float.NaN, 2), Floats(1, 1)).IsBeyondTolerance, Is.False, "NaN");
        Assert.That(Comparer.Compare(Longs(1), Longs(2)).IsBeyondTolerance, Is.False, "integers");
        Assert.That(Comparer.Compare(Floats(1), Floats(1, 2)).IsBeyondTolerance, Is.False, "shapes");
    }

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

    private static NamedTensor Grid(float[] values, int columns) =>
        new("x", [values.Length / columns, columns], values);

    // Between 1 and 2, up and down.
    private static float[] Sequence(int count) => [.. Enumerable.Range(0, count).Select(i => 1 + (i * 7 % 10 / 10f))];

    private static NamedTensor Longs(params long[] values) => new("x", [values.Length], values);

    private static NamedTensor Texts(params string[] values) => new("x", [values.Length], values);
}
