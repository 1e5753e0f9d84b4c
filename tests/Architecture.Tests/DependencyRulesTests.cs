using OnnxSentiment.Architecture.Tests.Rules;

namespace OnnxSentiment.Architecture.Tests;

/// <summary>
/// The dependency diagram, against the project files, the compiled assemblies, the source folders and the document.
/// </summary>
[TestFixtureSource(typeof(Repository), nameof(Repository.Projects))]
public class DependencyRulesTests(string project)
{
    private readonly ProjectRule _rule = ProjectRule.Of(project);

    private ProjectFile File => ProjectFile.Parse(project, System.IO.File.ReadAllText(Repository.ProjectFile(project)));

    [Test]
    public void ProjectReferences_OfTheProject_AreThoseOfTheDiagram()
        => AssertNone(DependencyRules.CheckProjects(File, _rule));

    [Test]
    public void PackageReferences_OfTheProject_AreAllowed() => AssertNone(DependencyRules.CheckPackages(File, _rule));

    [Test]
    public void PackageReferences_OfTheProject_HaveNoVersion() => AssertNone(DependencyRules.CheckVersions(File));

    [Test]
    public void PackageReferences_ToBuildTools_ArePrivate() => AssertNone(DependencyRules.CheckBuildTools(File));

    [Test]
    public void Assembly_AsCompiled_UsesWhatTheDiagramAllows()
    {
        var references = Repository.Assembly(project).GetReferencedAssemblies().Select(name => name.Name!);

        AssertNone(DependencyRules.CheckAssembly(references, _rule));
    }

    [Test]
    public void PublicApi_OfTheAssembly_NamesNoTypeOfAnotherWorld()
        => AssertNone(Repository.Assembly(project).GetExportedTypes()
            .SelectMany(type => ApiRules.CheckSurface(type, _rule.ExposedWorlds)));

    [Test]
    public void Namespaces_OfTheSource_AreTheProjects()
        => AssertNone(
            from path in Repository.SourceFiles(project)
            let text = System.IO.File.ReadAllText(Path.Combine(Repository.Folder(project), path))
            from violation in ApiRules.CheckNamespace(project, path, text)
            select violation);

    [Test]
    public void TableOfTheDesign_OfTheProject_SaysWhatTheRuleSays()
    {
        var row = System.IO.File.ReadLines(Path.Combine(Repository.Root, "docs", "design.md"))
            .Single(line => line.StartsWith($"| `{project}` |", StringComparison.Ordinal));
        Assert.That(row.Split('|')[^2].Trim(), Is.EqualTo(_rule.InWords));
    }

    private static void AssertNone(IEnumerable<string> violations) => Assert.That(violations, Is.Empty);
}
