namespace OnnxSentiment.Onnx.Tests;

public class NamedTensorTests
{
    private static readonly Array[] Elements =
    [
        new float[6], new double[6], new long[6], new int[6], new bool[6], new[] { "a", "b", "c", "d", "e", "f" },
        new Half[6], new BFloat16[6], new sbyte[6], new byte[6], new short[6], new ushort[6], new uint[6],
        new ulong[6],
    ];

    private static readonly Array[] Numbers =
    [
        new[] { 2f, 0f }, new[] { 2.0, 0.0 }, new[] { 2L, 0L }, new[] { 2, 0 }, new short[] { 2, 0 },
        new sbyte[] { 2, 0 }, new ulong[] { 2, 0 }, new uint[] { 2, 0 }, new ushort[] { 2, 0 }, new byte[] { 2, 0 },
        new[] { (Half)2, (Half)0 }, new[] { (BFloat16)2f, (BFloat16)0f },
    ];

    [TestCaseSource(nameof(Elements))]
    public void Create_KnownElements_KeepsThem(Array values)
    {
        var tensor = new NamedTensor("x", [2, 3], values);
        Assert.That(tensor.Values, Is.SameAs(values));
        Assert.That(tensor.IsExact, Is.EqualTo(values is not (float[] or double[] or Half[] or BFloat16[])));
    }

    [Test]
    public void TypeName_EveryElement_IsTheStandards() => Assert.That(
        Elements.Select(values => new NamedTensor("x", [6], values).TypeName),
        Is.EqualTo((string[])
        [
            "float", "double", "int64", "int32", "bool", "string", "float16", "bfloat16", "int8", "uint8", "int16",
            "uint16", "uint32", "uint64",
        ]));

    [TestCaseSource(nameof(Numbers))]
    public void ToDoubles_EveryNumber_IsTheSameNumber(Array values) =>
        Assert.That(new NamedTensor("x", [2], values).ToDoubles(), Is.EqualTo([2.0, 0.0]));

    [Test]
    public void ToDoubles_UnsignedNumbers_StayPositive() => Assert.That(
        ((Array[])
        [
            new[] { byte.MaxValue }, new[] { ushort.MaxValue }, new[] { uint.MaxValue }, new[] { ulong.MaxValue },
        ]).Select(values => new NamedTensor("x", [1], values).ToDoubles()[0]),
        Is.EqualTo([255.0, 65535.0, 4294967295.0, 18446744073709551616.0]));

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
