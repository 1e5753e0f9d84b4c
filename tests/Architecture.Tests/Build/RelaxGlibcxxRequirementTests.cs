using System.Text;

namespace OnnxSentiment.Architecture.Tests.Build;

/// <summary>The three edits that let TorchSharp's native library load, and that nothing else is ever edited.</summary>
public class RelaxGlibcxxRequirementTests
{
    private const int Seed = 20260507;
    private const string Substitute = "_ZSt15get_new_handlerv";

    [Test]
    public void Relax_LibraryThatRequiresTheVersion_ChangesFlagVersionAndNameOnly()
    {
        var library = new ElfLibrary();
        var expected = library.ToArray();
        expected[library.RequirementFlagsOffset] = 2; // VER_FLG_WEAK
        expected[library.MarkerVersymOffset] = 1; // VER_NDX_GLOBAL
        var name = Encoding.ASCII.GetBytes(Substitute.PadRight(ElfLibrary.Marker.Length, '\0'));
        name.CopyTo(expected, library.MarkerNameOffset);

        Assert.That(GlibcxxRequirement.Relax(library.ToArray()), Is.EqualTo(expected));
    }

    [Test]
    public void Relax_Library_LeavesItsArgumentAlone()
    {
        var library = new ElfLibrary().ToArray();

        GlibcxxRequirement.Relax(library);

        Assert.That(library, Is.EqualTo(new ElfLibrary().ToArray()));
    }

    [Test]
    public void Relax_RelaxedLibrary_IsNotRecognised()
        => AssertNotRecognised(GlibcxxRequirement.Relax(new ElfLibrary().ToArray())!);

    private static IEnumerable<TestCaseData> OtherLibraries()
    {
        TestCaseData Case(string name, ElfLibrary library) => new TestCaseData(library).SetArgDisplayNames(name);

        yield return Case("no such requirement", new() { NewVersionName = "GLIBCXX_3.4.30" });
        yield return Case("a longer version name", new() { NewVersionName = "GLIBCXX_3.4.321" });
        yield return Case(
            "another symbol requires the version", new() { MarkerName = "_ZNKSt8__detail20_Prime_rehash_policy" });
        yield return Case("two symbols require the version", new() { MallocVersion = 3 });
        yield return Case("the marker is defined here", new() { MarkerSection = 1 });
        yield return Case("another name begins within the marker's", new() { SharedNameOffset = 4 });
        yield return Case("the marker's name is the end of another", new() { MarkerName = "x" + ElfLibrary.Marker });
        yield return Case("32 bits", new() { Class = 1 });
        yield return Case("big-endian", new() { Data = 2 });
        yield return Case("another processor", new() { Machine = 183 }); // AArch64
    }

    [TestCaseSource(nameof(OtherLibraries))]
    public void Relax_OtherLibrary_IsNotRecognised(object library) =>
        AssertNotRecognised(((ElfLibrary)library).ToArray());

    [Test]
    public void Relax_LibraryCutOffAnywhere_IsNotRecognised()
    {
        var library = new ElfLibrary().ToArray();
        for (var length = 0; length < library.Length; length++)
        {
            AssertNotRecognised(library[..length]);
        }
    }

    // Headers that point outside the file: every byte of the file set to its largest value, one at a time.
    [Test]
    public void Relax_LibraryWithOneByteWrong_DoesNotThrowAndKeepsTheSize()
    {
        var library = new ElfLibrary().ToArray();
        for (var i = 0; i < library.Length; i++)
        {
            var broken = (byte[])library.Clone();
            broken[i] = 0xff;
            AssertSizeKept(broken, $"byte {i} set to 0xff");
        }
    }

    [Test]
    public void Relax_LibraryWithRandomDamage_DoesNotThrowAndKeepsTheSize()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var broken = new ElfLibrary().ToArray();
            for (var i = 0; i < 4; i++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            AssertSizeKept(broken, $"seed {Seed}, round {round}");
        }
    }

    [TestCase("")]
    [TestCase("MZ: a library of another system")]
    [TestCase("\u007fELF")]
    public void Relax_NoElfFile_IsNotRecognised(string content) =>
        AssertNotRecognised(Encoding.Latin1.GetBytes(content));

    [Test]
    public void Relax_Noise_IsNotRecognised()
    {
        var noise = new byte[4096];
        new Random(Seed).NextBytes(noise);

        AssertNotRecognised(noise);
    }

    // The one that a build has put beside this test is relaxed already; cut off, it has headers that lie outside it.
    [TestCase(1.0)]
    [TestCase(0.999)]
    [TestCase(0.5)]
    [TestCase(0.01)]
    public void Relax_LibraryInTheBuildOutput_IsNotRecognised(double part)
    {
        var library = File.ReadAllBytes(LibraryInTheBuildOutput());

        AssertNotRecognised(library[..(int)(library.Length * part)]);
    }

    [Test]
    public void Build_OnLinux_PutsALibraryThatComputesIntoTheOutput()
    {
        Assert.That(LibraryInTheBuildOutput(), Does.Exist);

        using var vector = TorchSharp.torch.arange(4, TorchSharp.torch.ScalarType.Float32);
        using var product = vector.dot(vector);
        Assert.That(product.item<float>(), Is.EqualTo(14f));
    }

    private static string LibraryInTheBuildOutput()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assume.That(path, Does.Exist, "only a build on x64 Linux carries this library");
        return path;
    }

    private static void AssertNotRecognised(byte[] library)
        => Assert.That(GlibcxxRequirement.Relax(library), Is.Null, $"{library.Length} bytes");

    private static void AssertSizeKept(byte[] library, string damage)
        => Assert.That(GlibcxxRequirement.Relax(library)?.Length, Is.Null.Or.EqualTo(library.Length), damage);
}
