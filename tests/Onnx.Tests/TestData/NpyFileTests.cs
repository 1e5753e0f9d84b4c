using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx.Tests;

public sealed class NpyFileTests : IDisposable
{
    private static readonly Array[] Elements =
    [
        new[] { 1.5f, float.NaN }, new[] { 1.5, double.MaxValue }, new[] { (Half)0.5f, Half.MaxValue },
        new[] { long.MinValue, 3L }, new[] { -1, int.MaxValue }, new short[] { -2, 3 }, new sbyte[] { -2, 3 },
        new ulong[] { 1, ulong.MaxValue }, new uint[] { 1, uint.MaxValue }, new ushort[] { 1, 65535 },
        new byte[] { 1, 255 }, new[] { true, false }, new[] { "é語😀", "" },
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("npy-tests-").FullName;

    [TestCaseSource(nameof(Elements))]
    public void Read_WhatWasWritten_IsTheSame(Array values)
    {
        NamedTensor tensor = new("x", [1, 2], values);
        NpyFile.Write(tensor, In("x.npy"));
        var read = NpyFile.Read(In("x.npy"));
        Assert.That(read.Name, Is.EqualTo("x"));
        Assert.That(read.Shape, Is.EqualTo(tensor.Shape));
        Assert.That(read.Values, Is.EqualTo(values).And.TypeOf(values.GetType()));
    }

    [TestCase(0, "()")]
    [TestCase(1, "(3,)")]
    [TestCase(2, "(3, 1)")]
    public void Write_AnyRank_HasTheHeaderThatNumPyWrites(int rank, string shape)
    {
        long[] sizes = [.. new long[] { 3, 1 }.Take(rank)];
        NpyFile.Write(new("x", sizes, new float[rank == 0 ? 1 : 3]), In("x.npy"));
        var bytes = File.ReadAllBytes(In("x.npy"));
        Assert.That(bytes[..8], Is.EqualTo(Magic(1)));
        Assert.That(
            Encoding.ASCII.GetString(bytes[10..128]).TrimEnd(),
            Is.EqualTo($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"));
        Assert.That(bytes, Has.Length.EqualTo(128 + (sizeof(float) * (rank == 0 ? 1 : 3))));
        Assert.That(NpyFile.Read(In("x.npy")).Shape, Is.EqualTo(sizes));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Read_EveryVersion_IsTaken(int version)
    {
        Put(version, "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", [1, 0, 2, 0]);
        Assert.That(NpyFile.Read(In("x.npy")).Values, Is.EqualTo(new short[] { 1, 2 }));
    }

    [Test]
    public void Read_KeysInAnotherOrder_AreTaken()
    {
        Put(1, "{'shape': (1, 2), 'fortran_order': False, 'descr': '|u1'}", [7, 8]);
        Assert.That(NpyFile.Read(In("x.npy")).Shape, Is.EqualTo([1L, 2]));
    }

    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "objects")]
    [TestCase("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", "Fortran order")]
    [TestCase("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "big-endian")]
    [TestCase("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "<c8")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "do not fill its shape [2]")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9), }", "do not fill")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "plain elements")]
    [TestCase("not a dictionary", "plain elements")]
    public void Read_WhatIsNotTaken_SaysWhy(string header, string expected)
    {
        Put(1, header, [0, 0, 128, 63]);
        Assert.That(
            () => NpyFile.Read(In("x.npy")),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected).And.Message.Contains("x.npy"));
    }

    [Test]
    public void Read_DamagedFiles_SayWhy()
    {
        File.WriteAllText(In("x.npy"), "PK and more than twelve bytes");
        AssertRefused("no .npy file");
        Put(4, "{}", []);
        AssertRefused("version 4");
        Put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 128, 63]);
        File.WriteAllBytes(In("x.npy"), File.ReadAllBytes(In("x.npy"))[..40]);
        AssertRefused("cut off within its header");
        Put(1, "{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0x11, 0]);
        AssertRefused("which Unicode lacks");
        File.Delete(In("x.npy"));
        AssertRefused("cannot be read");
    }

    [Test]
    public void Write_WhatNumPyDoesNotHave_IsRefused()
    {
        Assert.That(
            () => NpyFile.Write(new("x", [1], new[] { (BFloat16)1f }), In("none.npy")),
            Throws.ArgumentException.With.Message.Contains("bfloat16"));
        Assert.That(
            () => NpyFile.Write(new("x", [1], new[] { "a\0" }), In("none.npy")),
            Throws.ArgumentException.With.Message.Contains("NUL"));
        Assert.That(File.Exists(In("none.npy")), Is.False);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Magic(byte version) => [0x93, .. "NUMPY"u8, version, 0];

    private void Put(int version, string header, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = version == 1
            ? [(byte)text.Length, 0]
            : [(byte)text.Length, 0, 0, 0];
        File.WriteAllBytes(In("x.npy"), [.. Magic((byte)version), .. length, .. text, .. data]);
    }

    private void AssertRefused(string expected) => Assert.That(
        () => NpyFile.Read(In("x.npy")), Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected));

    private string In(string name) => Path.Combine(_folder, name);
}
