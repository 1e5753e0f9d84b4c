using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>All forms in which the standard keeps elements: raw bytes, or lists of wider numbers.</summary>
public sealed class TensorFileTests : IDisposable
{
    private static readonly Array[] Elements =
    [
        new[] { 1.5f, -2f }, new[] { 1.5, -2 }, new[] { (Half)1.5f, Half.MinValue },
        new[] { (BFloat16)1.5f, (BFloat16)(-2f) }, new[] { long.MinValue, 3L }, new[] { -1, int.MaxValue },
        new short[] { -2, 3 }, new sbyte[] { -2, 3 }, new ulong[] { 1, ulong.MaxValue },
        new uint[] { 1, uint.MaxValue }, new ushort[] { 1, 65535 }, new byte[] { 1, 255 }, new[] { true, false },
        new[] { "é", "a\0b" },
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("tensor-tests-").FullName;

    [TestCaseSource(nameof(Elements))]
    public void Read_WhatWasWritten_IsTheSame(Array values)
    {
        var path = Path.Combine(_folder, "input_0.pb");
        TensorFile.Write(new("x", [2], values), path);
        var read = TensorFile.Read(path);
        Assert.That((read.Name, read.Shape), Is.EqualTo(("x", (IReadOnlyList<long>)[2L])));
        Assert.That(read.Values, Is.EqualTo(values).And.TypeOf(values.GetType()));
    }

    [Test]
    public void FromProto_ListsOfWiderNumbers_AreTheElements() => Assert.Multiple(() =>
    {
        AssertElements(DataType.Float, t => t.FloatData.Add(1.5f), new[] { 1.5f });
        AssertElements(DataType.Double, t => t.DoubleData.Add(1.5), new[] { 1.5 });
        AssertElements(DataType.Float16, t => t.Int32Data.Add(0x3E00), new[] { (Half)1.5f });
        AssertElements(DataType.Bfloat16, t => t.Int32Data.Add(0x3FC0), new[] { (BFloat16)1.5f });
        AssertElements(DataType.Int64, t => t.Int64Data.Add(-5), new[] { -5L });
        AssertElements(DataType.Int32, t => t.Int32Data.Add(-5), new[] { -5 });
        AssertElements(DataType.Int16, t => t.Int32Data.Add(-5), new short[] { -5 });
        AssertElements(DataType.Int8, t => t.Int32Data.Add(-5), new sbyte[] { -5 });
        AssertElements(DataType.Uint64, t => t.Uint64Data.Add(5), new ulong[] { 5 });
        AssertElements(DataType.Uint32, t => t.Uint64Data.Add(5), new uint[] { 5 });
        AssertElements(DataType.Uint16, t => t.Int32Data.Add(5), new ushort[] { 5 });
        AssertElements(DataType.Uint8, t => t.Int32Data.Add(5), new byte[] { 5 });
        AssertElements(DataType.Bool, t => t.Int32Data.Add(1), new[] { true });
    });

    [Test]
    public void FromProto_RawBooleansOtherThanOne_AreTrue() => Assert.That(
        NamedTensor.FromProto(Raw(DataType.Bool, [2, 0])).Values, Is.EqualTo(new[] { true, false }));

    [TestCase(DataType.Int4, "'w' holds elements of int4")]
    [TestCase(DataType.Int16, "'w' is damaged")]
    public void FromProto_WhatIsNotTaken_SaysWhy(DataType type, string expected) => Assert.That(
        () => NamedTensor.FromProto(Raw(type, [1])),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TensorProto Raw(DataType type, byte[] bytes) => new()
    {
        Name = "w",
        DataType = (int)type,
        Dims = { type == DataType.Int4 ? 2 : bytes.Length },
        RawData = ByteString.CopyFrom(bytes),
    };

    private static void AssertElements(DataType type, Action<TensorProto> add, Array expected)
    {
        var tensor = new TensorProto { Name = "w", DataType = (int)type, Dims = { 1 } };
        add(tensor);
        var values = NamedTensor.FromProto(tensor).Values;
        Assert.That(values, Is.EqualTo(expected).And.TypeOf(expected.GetType()), type.ToString());
    }
}
