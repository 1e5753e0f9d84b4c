namespace OnnxSentiment.Core.Tests;

public class SafetensorsFileTests
{
    // Written from the format's definition: length 136 = 0x88, header, spaces up to a multiple of 8, then 1.0f and
    // -2.0f (0x3f800000, 0xc0000000) and the bytes 7, 8, 9.
    private static readonly byte[] Golden =
    [
        0x88, 0, 0, 0, 0, 0, 0, 0,
        .. """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}"""u8,
        .. ""","b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}"""u8,
        .. "  "u8,
        0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
        7, 8, 9,
    ];

    private static SafetensorsFile GoldenContents => new()
    {
        Tensors = new Dictionary<string, SafetensorsTensor>
        {
            ["a"] = SafetensorsTensor.FromFloats([1f, -2f], [2, 1]),
            ["b"] = new(SafetensorsTensor.UInt8, [3], new byte[] { 7, 8, 9 }),
        },
        Metadata = new Dictionary<string, string> { ["k"] = "v" },
    };

    [Test]
    public void Write_SmallFile_HasTheBytesOfTheFormat() =>
        Assert.That(SafetensorsBytes.Write(GoldenContents), Is.EqualTo(Golden));

    [Test]
    public void Read_GoldenBytes_HasTheirContents() => AssertSame(SafetensorsBytes.Read(Golden), GoldenContents);

    [TestCase("C64", 8)]
    [TestCase("F64", 8)]
    [TestCase("F32", 4)]
    [TestCase("F16", 2)]
    [TestCase("BF16", 2)]
    [TestCase("F8_E4M3", 1)]
    [TestCase("F8_E5M2", 1)]
    [TestCase("F8_E8M0", 1)]
    [TestCase("I64", 8)]
    [TestCase("I32", 4)]
    [TestCase("I16", 2)]
    [TestCase("I8", 1)]
    [TestCase("U64", 8)]
    [TestCase("U32", 4)]
    [TestCase("U16", 2)]
    [TestCase("U8", 1)]
    [TestCase("BOOL", 1)]
    public void Read_EveryType_RoundTrips(string type, int elementSize) => AssertRoundTrips(new()
    {
        Tensors = new Dictionary<string, SafetensorsTensor>
        {
            ["t"] = new(type, [2, 3], Enumerable.Range(1, 6 * elementSize).Select(i => (byte)i).ToArray()),
        },
    });

    [Test]
    public void Read_ScalarEmptyAndOddlyNamedTensors_RoundTrip() => AssertRoundTrips(new()
    {
        Tensors = new Dictionary<string, SafetensorsTensor>
        {
            ["none"] = SafetensorsTensor.FromFloats([], [3, 0, 2]),
            ["scalar"] = SafetensorsTensor.FromFloats([float.NaN], []),
            ["none again"] = SafetensorsTensor.FromFloats([], [0]),
            ["\"é\n\0漢 😀\\"] = SafetensorsTensor.FromFloats([float.NegativeInfinity, -0f], [1, 2, 1]),
            [""] = new("U8", [1], new byte[] { 255 }),
            ["none at the end"] = new("F64", [0], default),
        },
        Metadata = new Dictionary<string, string> { [""] = "", ["é"] = "\u2028\0<&>", ["format"] = "pt" },
    });

    [Test]
    public void Read_NoTensors_RoundTrips()
    {
        var file = new SafetensorsFile { Tensors = new Dictionary<string, SafetensorsTensor>() };
        AssertRoundTrips(file);
        Assert.That(SafetensorsBytes.Write(file), Has.Length.EqualTo(16));
    }

    [Test]
    public void Read_TensorsInAnotherOrderThanTheirData_PutsThemInTheDatasOrder()
    {
        var file = SafetensorsBytes.Of(
            """{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}"""
            + ""","a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""",
            2);
        file[^1] = 42;
        var tensors = SafetensorsBytes.Read(file).Tensors;
        Assert.That(tensors.Keys, Is.EqualTo(["a", "b"]));
        Assert.That(tensors["b"].Data.ToArray(), Is.EqualTo([42]));
    }

    [Test]
    public void Write_HeaderOfAnyLength_IsPaddedToEight()
    {
        for (var length = 1; length <= 16; length++)
        {
            var file = SafetensorsBytes.Write(new()
            {
                Tensors = new Dictionary<string, SafetensorsTensor>
                {
                    [new string('n', length)] = SafetensorsTensor.FromFloats([1], [1]),
                },
            });
            Assert.That(BitConverter.ToUInt64(file) % 8, Is.Zero, $"name of {length} characters");
            Assert.That(file, Has.Length.EqualTo(8 + (int)BitConverter.ToUInt64(file) + sizeof(float)));
        }
    }

    [Test]
    public void Write_MetadataInAnyOrder_GivesTheSameBytes()
    {
        var ab = GoldenContents with { Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var ba = GoldenContents with { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };
        Assert.That(SafetensorsBytes.Write(ba), Is.EqualTo(SafetensorsBytes.Write(ab)));
    }

    [Test]
    public void Write_TensorWithTheMetadatasName_Throws()
    {
        var file = new SafetensorsFile
        {
            Tensors =
                new Dictionary<string, SafetensorsTensor> { ["__metadata__"] = SafetensorsTensor.FromFloats([], [0]) },
        };
        Assert.That(() => SafetensorsBytes.Write(file), Throws.ArgumentException.With.Message.Contains("__metadata__"));
    }

    [Test]
    public void Write_Path_ReadsBackAndLeavesNoTemporary()
    {
        using var folder = new TemporaryFolder();
        GoldenContents.Write(folder.File("t.safetensors"));
        AssertSame(SafetensorsFile.Read(folder.File("t.safetensors")), GoldenContents);
        Assert.That(folder.Entries, Is.EqualTo(["t.safetensors"]));
    }

    private static void AssertRoundTrips(SafetensorsFile file)
    {
        var bytes = SafetensorsBytes.Write(file);
        var read = SafetensorsBytes.Read(bytes);
        AssertSame(read, file);
        Assert.That(SafetensorsBytes.Write(read), Is.EqualTo(bytes));
    }

    private static void AssertSame(SafetensorsFile actual, SafetensorsFile expected)
    {
        Assert.That(actual.Metadata, Is.EquivalentTo(expected.Metadata));
        Assert.That(actual.Tensors.Keys, Is.EqualTo(expected.Tensors.Keys));
        foreach (var (name, tensor) in expected.Tensors)
        {
            Assert.That(actual.Tensors[name].Type, Is.EqualTo(tensor.Type), name);
            Assert.That(actual.Tensors[name].Shape, Is.EqualTo(tensor.Shape), name);
            Assert.That(actual.Tensors[name].Data.ToArray(), Is.EqualTo(tensor.Data.ToArray()), name);
        }
    }
}
