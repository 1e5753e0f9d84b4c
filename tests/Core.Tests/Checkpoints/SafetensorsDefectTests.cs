using System.Text;

namespace OnnxSentiment.Core.Tests;

/// <summary>A broken file for every check of the reader.</summary>
public class SafetensorsDefectTests
{
    /// <summary>
    /// Memory that a refused file may cost: its header, parser, message, exception; claims go far beyond.
    /// </summary>
    private const long AllocationBound = 1_000_000;

    private const string Valid = """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""";

    private static readonly TestCaseData[] Headers =
    [
        Header("Text", "no valid JSON object", "hello"),
        Header("EmptyHeader", "no valid JSON object", ""),
        Header("TrailingComma", "no valid JSON object", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},}"""),
        Header("Comment", "no valid JSON object", "{} // comment"),
        Header("TwoObjects", "no valid JSON object", Valid + Valid),
        Header("Unclosed", "no valid JSON object", Valid[..^1]),
        Header("Array", "JSON Array, but an object", "[]"),
        Header("Null", "JSON Null, but an object", "null"),
        Header("DeepNesting", "no valid JSON object", new string('[', 10_000) + new string(']', 10_000)),
        Header("DeepNestingInside", "no valid JSON object", "{\"a\":" + new string('[', 50_000)),
        Header("HalfSurrogatePairInName", "no valid JSON object", Valid.Replace("\"a\"", "\"\\ud800\"")),
        Header("HalfSurrogatePairInType", "no valid JSON object", Valid.Replace("U8", "\\udc00")),
        Header("HalfSurrogatePairInMetadata", "no valid JSON object", """{"__metadata__":{"k":"\ud800"}}"""),
        Header("DuplicateTensor", "no valid JSON object", $"{{{Valid[1..^1]},{Valid[1..^1]}}}"),
        Header(
            "DuplicateTensorEscaped",
            "no valid JSON object",
            $"{{{Valid[1..^1]},{Valid[1..^1].Replace("\"a\"", "\"\\u0061\"")}}}"),
        Header("DuplicateMetadata", "no valid JSON object", """{"__metadata__":{"k":"1","k":"2"}}"""),
        Header("DuplicateMetadataObject", "no valid JSON object", """{"__metadata__":{},"__metadata__":{}}"""),
        Header("DuplicateShape", "no valid JSON object", Valid.Replace("\"shape\":[4]", "\"shape\":[4],\"shape\":[4]")),
        Header("MetadataNumber", "__metadata__ is not an object of strings", """{"__metadata__":{"k":1}}"""),
        Header("MetadataNull", "__metadata__ is not an object of strings", """{"__metadata__":{"k":null}}"""),
        Header("MetadataArray", "__metadata__ is not an object of strings", """{"__metadata__":["k"]}"""),
        Header("TensorNumber", "tensor 'a' needs a dtype", """{"a":1}"""),
        Header("NoType", "tensor 'a' needs a dtype", """{"a":{"shape":[4],"data_offsets":[0,4]}}"""),
        Header("TypeNumber", "tensor 'a' needs a dtype", Valid.Replace("\"U8\"", "8")),
        Header("UnknownType", "tensor 'a' has the unknown type 'U9'; known types: ", Valid.Replace("U8", "U9")),
        Header("TypeInLowerCase", "unknown type 'u8'", Valid.Replace("U8", "u8")),
        Header("NoShape", "needs a dtype, a shape", """{"a":{"dtype":"U8","data_offsets":[0,4]}}"""),
        Header("ShapeNumber", "needs a dtype, a shape", Valid.Replace("[4]", "4")),
        Header("ShapeOfStrings", "needs a dtype, a shape", Valid.Replace("[4]", "[\"4\"]")),
        Header("ShapeFraction", "needs a dtype, a shape", Valid.Replace("[4]", "[4.5]")),
        Header("ShapeNegative", "none of them negative", Valid.Replace("[4]", "[-4]")),
        Header("ShapeTwoNegatives", "none of them negative", Valid.Replace("[4]", "[-2,-2]")),
        Header("ShapeOverInt64", "a shape of whole numbers", Valid.Replace("[4]", "[9223372036854775808]")),
        Header("ShapeProductOverInt64", "takes more than", Valid.Replace("[4]", "[4294967296,4294967297]")),
        Header("ShapeProductZeroAfterOverflow", "takes more than", Valid.Replace("[4]", "[9223372036854775807,2,0]")),
        Header(
            "ShapeOverAnArray",
            "takes more than",
            """{"a":{"dtype":"U8","shape":[3000000000],"data_offsets":[0,3000000000]}}"""),
        Header(
            "ShapeOverTheFile",
            "take 2000000000 bytes, but 4 follow",
            """{"a":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}"""),
        Header("NoOffsets", "two data_offsets", """{"a":{"dtype":"U8","shape":[4]}}"""),
        Header("OneOffset", "two data_offsets", Valid.Replace("[0,4]", "[4]")),
        Header("ThreeOffsets", "two data_offsets", Valid.Replace("[0,4]", "[0,4,8]")),
        Header("OffsetNegative", "none of them negative", Valid.Replace("[0,4]", "[-4,0]")),
        Header("OffsetsReversed", "tensor 'a' spans -4 bytes, but U8 [4] takes 4", Valid.Replace("[0,4]", "[4,0]")),
        Header("TooFewBytes", "spans 3 bytes, but U8 [4] takes 4", Valid.Replace("[0,4]", "[0,3]")),
        Header("TooManyBytes", "spans 5 bytes, but U8 [4] takes 4", Valid.Replace("[0,4]", "[0,5]")),
        Header("WrongElementSize", "spans 4 bytes, but F32 [4] takes 16", Valid.Replace("U8", "F32")),
        Header("Gap", "'a' begins at 1, but 0 was expected", Valid.Replace("[4]", "[3]").Replace("[0,4]", "[1,4]")),
        Header(
            "GapOfInt64",
            "begins at 9223372036854775803, but 0",
            Valid.Replace("[0,4]", "[9223372036854775803,9223372036854775807]")),
        Header(
            "Overlap",
            "'b' begins at 2, but 4 was expected",
            $$$"""{{{{Valid[1..^1]}}},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"""),
        Header(
            "SameRangeTwice",
            "begins at 0, but 4 was expected",
            $$$"""{{{{Valid[1..^1]}}},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"""),
        Header(
            "EmptyTensorInside",
            "neither overlap nor leave a gap",
            $$$"""{{{{Valid[1..^1]}}},"b":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}"""),
        Header("TrailingBytes", "take 3 bytes, but 4 follow", Valid.Replace("[4]", "[3]").Replace("[0,4]", "[0,3]")),
        Header("DataWithoutTensor", "take 0 bytes, but 4 follow", "{}"),
        Header(
            "CutOff",
            "take 5 bytes, but 4 follow the header; the file may be cut off",
            Valid.Replace("[4]", "[5]").Replace("[0,4]", "[0,5]")),
    ];

    private static readonly TestCaseData[] Lengths =
    [
        new TestCaseData(0UL, "no valid JSON object").SetArgDisplayNames("Zero"),
        new TestCaseData(100UL, "claims 100 bytes, but only 57 follow").SetArgDisplayNames("OverTheFile"),
        new TestCaseData(100_000_000UL, "claims 100000000 bytes, but only 57 follow").SetArgDisplayNames("Limit"),
        new TestCaseData(100_000_001UL, "claims 100000001 bytes, but the format allows 100000000").SetArgDisplayNames(
            "OverTheLimit"),
        new TestCaseData((ulong)long.MaxValue, "but the format allows").SetArgDisplayNames("LongMaxValue"),
        new TestCaseData(1UL << 63, "but the format allows").SetArgDisplayNames("SignBit"),
        new TestCaseData(ulong.MaxValue, "claims 18446744073709551615 bytes").SetArgDisplayNames("ULongMaxValue"),
    ];

    [Test]
    public void Read_ValidHeader_Passes() =>
        Assert.That(SafetensorsBytes.Read(SafetensorsBytes.Of(Valid, 4)).Tensors["a"].Shape, Is.EqualTo([4L]));

    [TestCaseSource(nameof(Headers))]
    public void Read_DefectiveHeader_NamesFileAndDefect(string defect, string header) =>
        AssertRefused(SafetensorsBytes.Of(header, 4), defect);

    [TestCaseSource(nameof(Lengths))]
    public void Read_WrongHeaderLength_NamesFileAndDefect(ulong length, string defect) =>
        AssertRefused(SafetensorsBytes.WithLength(length, [.. Encoding.UTF8.GetBytes(Valid), 1, 2, 3, 4]), defect);

    [TestCase("\"a\"", "name")]
    [TestCase("U8", "type")]
    public void Read_InvalidUtf8_NamesFileAndDefect(string replaced, string where)
    {
        var header = Encoding.Latin1.GetBytes(
            Valid.Replace(replaced, replaced.Replace('a', '\u00ff').Replace('8', '\u00ff')));
        Assert.That(header, Does.Contain((byte)0xff), where);
        AssertRefused(SafetensorsBytes.Of(header, 4), "no valid JSON object");
    }

    [Test]
    public void Read_InvalidUtf8InMetadata_NamesFileAndDefect() =>
        AssertRefused(
            SafetensorsBytes.Of([.. "{\"__metadata__\":{\"k\":\""u8, 0xc3, 0x28, .. "\"}}"u8]), "no valid JSON object");

    [Test]
    public void Read_CutOffAtAnyLength_NamesFileAndDefect()
    {
        var file = SafetensorsBytes.Of(Valid, 4);
        for (var length = 0; length < file.Length; length++)
        {
            AssertRefused(file[..length], length < 8 ? $"it has {length} bytes" : "the file may be cut off");
        }
    }

    [Test]
    public void Read_ManyBytesBehind_AreNotRead() =>
        AssertRefused(SafetensorsBytes.Of(Valid, 10_000_000), "take 4 bytes, but 10000000 follow");

    [Test]
    public void Read_StreamEndsBeforeItsLength_NamesFileAndDefect()
    {
        using var stream = new ShorterThanItSays(SafetensorsBytes.Of(Valid, 3));
        Assert.That(
            () => SafetensorsFile.Read(stream, "shrinking.safetensors"),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("'shrinking.safetensors'"));
    }

    [Test]
    public void Read_MissingFile_NamesIt()
    {
        using var folder = new TemporaryFolder();
        Assert.That(
            () => SafetensorsFile.Read(folder.File("weights.safetensors")),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(folder.File("weights.safetensors")));
    }

    private static TestCaseData Header(string name, string defect, string header) =>
        new TestCaseData(defect, header).SetArgDisplayNames(name);

    private static void AssertRefused(byte[] file, string defect)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<InvalidInputException>(() => SafetensorsBytes.Read(file));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(refusal!.Message, Does.Contain("'hostile.safetensors'").And.Contain(defect));
        Assert.That(allocated, Is.LessThan(AllocationBound));
    }

    private sealed class ShorterThanItSays(byte[] bytes) : MemoryStream(bytes)
    {
        public override long Length => base.Length + 1;
    }
}
