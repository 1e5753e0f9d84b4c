namespace OnnxSentiment.Onnx.Tests;

public class NamedTensorTests
{
    private static readonly Array[] Elements =
        [new float[6], new double[6], new long[6], new int[6], new bool[6], new[] { "a", "b", "c", "d", "e", "f" }];

    [TestCaseSource(nameof(Elements))]
    public void Create_KnownElements_KeepsThem(Array values)
    {
        var tensor = new NamedTensor("x", [2, 3], values);
        Assert.That(tensor.Values, Is.SameAs(values));
        Assert.That(tensor.IsExact, Is.EqualTo(values is not (float[] or double[])));
    }

    [Test]
    public void TypeName_EveryElement_IsTheStandards() => Assert.That(
        Elements.Select(values => new NamedTensor("x", [6], values).TypeName),
        Is.EqualTo(["float", "double", "int64", "int32", "bool", "string"]));

    [Test]
    public void Create_UnknownElements_NamesThem() => Assert.That(
        () => new NamedTensor("x", [2], new decimal[2]),
        Throws.ArgumentException.With.Message.Contains("'x'").And.Message.Contains("Decimal"));

    [TestCase(5, 2L, 3L)]
    [TestCase(7, 2L, 3L)]
    [TestCase(1, 0L)]
    [TestCase(1, -1L)]
    [TestCase(0)]
    public void Create_ShapeNotFilled_SaysBoth(int count, params long[] shape) => Assert.That(
        () => new NamedTensor("x", shape, new float[count]),
        Throws.ArgumentException.With.Message.Contains($"{count} values").And.Message.Contains(
            $"[{string.Join(", ", shape)}]"));

    [Test]
    public void ToDoubles_Booleans_AreZeroAndOne() =>
        Assert.That(new NamedTensor("x", [3], new[] { true, false, true }).ToDoubles(), Is.EqualTo([1, 0, 1]));

    [Test]
    public void ToDoubles_Strings_AreNone() =>
        Assert.That(() => new NamedTensor("x", [1], new[] { "1" }).ToDoubles(), Throws.InvalidOperationException);

    [TestCase(0, "[0, 0, 0]")]
    [TestCase(17, "[1, 1, 1]")]
    [TestCase(23, "[1, 2, 3]")]
    public void PlaceOf_Position_CountsTheLastDimensionFastest(int position, string place) =>
        Assert.That(new NamedTensor("x", [2, 3, 4], new int[24]).PlaceOf(position), Is.EqualTo(place));
}
