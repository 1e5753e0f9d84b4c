using System.IO.Compression;
using System.Reflection.Metadata;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Packaging.Tests;

/// <summary>The packages, as <c>build/pack.sh</c> packs and uses them, and the symbols beside them.</summary>
[Category("Packaging")]
public sealed class PackageTests
{
    private static readonly string[] Projects =
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static readonly string Folder = Path.Combine(Checkout.Root, "artifacts", "packages");

    private CheckScript _script = null!;

    [OneTimeSetUp]
    public void Pack() => _script = CheckScript.Run("pack.sh");

    [TestCase("deterministic")]
    [TestCase("restored")]
    [TestCase("contents")]
    [TestCase("consumer")]
    [TestCase("samples")]
    [TestCase("wrong")]
    public void Packages_PackedAndRestored_PassTheCheck(string check) => _script.Require(check);

    [Test]
    public void Script_AfterItsChecks_EndsWithoutAnError() => Assert.That(_script.ExitCode, Is.Zero, _script.Output);

    [Test]
    public void Publish_ToAFeed_PushesEveryPackageOnce()
    {
        var feed = Directory.CreateTempSubdirectory("feed-");
        try
        {
            (string, string)[] variables = [("NUGET_SOURCE", feed.FullName), ("NUGET_API_KEY", "key")];
            foreach (var _ in Enumerable.Range(0, 2))
            {
                var script = CheckScript.Run("publish-packages.sh", variables, Folder);
                Assert.That(script.ExitCode, Is.Zero, script.Output);
            }

            Assert.That(feed.GetFiles("*.nupkg", SearchOption.AllDirectories), Has.Length.EqualTo(Projects.Length));
        }
        finally
        {
            feed.Delete(recursive: true);
        }
    }

    [TestCase("", "key", "NUGET_SOURCE is not set")]
    [TestCase("feed", "", "NUGET_API_KEY is not set")]
    public void Publish_WithoutFeedOrKey_SaysWhatIsMissing(string source, string key, string message)
    {
        var script = CheckScript.Run(
            "publish-packages.sh", [("NUGET_SOURCE", source), ("NUGET_API_KEY", key)], Folder);
        Assert.That(script.ExitCode, Is.EqualTo(2), script.Output);
        Assert.That(script.Output, Does.Contain(message));
    }

    [Test]
    public void Version_OfATag_HasToBeThatOfThePackages()
    {
        var package = Directory.GetFiles(Folder, "OnnxSentiment.Core.*.nupkg").Single();
        var version = Path.GetFileNameWithoutExtension(package)["OnnxSentiment.Core.".Length..];
        var right = CheckScript.Run("check-version.sh", $"v{version}");
        Assert.That(right.ExitCode, Is.Zero, right.Output);

        var wrong = CheckScript.Run("check-version.sh", "v9.9.9");
        Assert.That(wrong.ExitCode, Is.EqualTo(1), wrong.Output);
        Assert.That(wrong.Output, Does.Contain($"v{version} was expected"));
    }

    [TestCaseSource(nameof(Projects))]
    public void Package_Description_NamesReadmeLicenseAndCommit(string project)
    {
        using var package = Open(project, "nupkg");
        using var reader = new StreamReader(package.GetEntry($"OnnxSentiment.{project}.nuspec")!.Open());
        var nuspec = reader.ReadToEnd();

        Assert.That(nuspec, Does.Contain("<license type=\"expression\">MIT</license>"));
        Assert.That(nuspec, Does.Contain("<readme>README.md</readme>"));
        Assert.That(nuspec, Does.Match("<description>[^<]{40,}</description>").And.Match("<tags>[^<]{10,}</tags>"));
        Assert.That(nuspec, Does.Match("<repository type=\"git\" .*commit=\"[0-9a-f]{40}\""));
    }

    [TestCaseSource(nameof(Projects))]
    public void Symbols_OfThePackage_AreThoseOfItsAssemblyAndHoldEverySource(string project)
    {
        using var symbols = Symbols(project);
        var reader = symbols.GetMetadataReader();

        Assert.That(new Guid(reader.DebugMetadataHeader!.Id.AsSpan()[..16]), Is.EqualTo(DebugIdentity(project)));
        var documents = reader.Documents
            .ToDictionary(handle => reader.GetString(reader.GetDocument(handle).Name), handle => handle);
        Assert.That(documents, Has.Count.GreaterThan(10));
        Assert.That(
            documents.Where(document => !IsEmbedded(reader, document.Value)).Select(document => document.Key),
            Is.Empty);
        // As the compiler names the checkout's root in a deterministic build: no folder of this machine.
        Assert.That(documents.Keys, Has.All.StartsWith("/_"));
    }

    private static ZipArchive Open(string project, string extension)
    {
        var name = $"OnnxSentiment.{project}.";
        var files = Directory.GetFiles(Folder, $"{name}*.{extension}");
        return ZipFile.OpenRead(files.Single(file => char.IsAsciiDigit(Path.GetFileName(file)[name.Length])));
    }

    private static MemoryStream Read(string project, string extension, string entry)
    {
        using var archive = Open(project, extension);
        using var content = archive.GetEntry($"lib/net10.0/OnnxSentiment.{project}.{entry}")!.Open();
        var copy = new MemoryStream();
        content.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private static MetadataReaderProvider Symbols(string project) =>
        MetadataReaderProvider.FromPortablePdbStream(Read(project, "snupkg", "pdb"));

    private static Guid DebugIdentity(string project)
    {
        using var assembly = new System.Reflection.PortableExecutable.PEReader(Read(project, "nupkg", "dll"));
        var entry = assembly.ReadDebugDirectory().First(entry => entry.IsPortableCodeView);
        return assembly.ReadCodeViewDebugDirectoryData(entry).Guid;
    }

    // The kind of custom debug information that a portable PDB's specification gives to embedded sources.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static bool IsEmbedded(MetadataReader reader, DocumentHandle document) =>
        reader.GetCustomDebugInformation(document)
            .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);
}
