using Microsoft.CodeAnalysis;

namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>A folder is a feature: those of a project form no cycle and keep to one another's faces.</summary>
[TestFixtureSource(typeof(Repository), nameof(Repository.Projects))]
public class FolderTests(string project)
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private IReadOnlyList<TypeUse> _uses = [];

    [OneTimeSetUp]
    public void FindUses() => _uses = UsesOf(project);

    /// <summary>What the folders of a project use of one another.</summary>
    internal static IReadOnlyList<TypeUse> UsesOf(string project)
    {
        // The project's own assembly is among the references; its sources are what is looked at.
        var own = $"OnnxSentiment.{project}.dll";
        var references = Platform.Value.Where(reference => Path.GetFileName(reference.Display) != own);
        var sources = Repository.SourceFiles(project)
            .Select(path => (path, File.ReadAllText(Path.Combine(Repository.Folder(project), path))));
        return TypeUses.Find(sources, Repository.GeneratedFiles(project).Select(File.ReadAllText), references);
    }

    [Test]
    public void Uses_OfAProjectWithSeveralFolders_AreSeen()
    {
        var folders = Repository.SourceFiles(project).Select(TypeUses.FolderOf).Distinct();

        // One may stand alone, and the root may be empty.
        Assert.That(_uses, folders.Count() > 2 ? Is.Not.Empty : Is.Not.Null);
    }

    [Test]
    public void Folders_OfTheProject_FormNoCycle() => Assert.That(FolderRules.CheckCycles(_uses), Is.Empty);

    [Test]
    public void Folders_OfTheProject_KeepToOneAnothersFaces() => Assert.That(FolderRules.CheckInsides(_uses), Is.Empty);

    [Test]
    public void Folders_OfTheProject_AreNamedAfterFeatures()
        => Assert.That(Repository.SourceFiles(project).Where(path => path.Split('/').Contains("Internals")), Is.Empty,
            "the C# keyword says what is internal, not the folder");
}
