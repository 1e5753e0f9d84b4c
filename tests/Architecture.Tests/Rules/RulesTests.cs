namespace OnnxSentiment.Architecture.Tests.Rules;

/// <summary>That each rule finds what it is there to find.</summary>
public class RulesTests
{
    private static readonly ProjectRule Rule = ProjectRule.Of("Runtime");

    [Test]
    public void Of_UnknownProject_Throws()
        => Assert.That(
            () => ProjectRule.Of("Gui"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("src/Gui"));

    [Test]
    public void CheckProjects_ExtraAndMissingReference_FindsBoth()
    {
        var file = ProjectFile.Parse(
            "Runtime", """<Project><ProjectReference Include="..\Trainer\Trainer.csproj" /></Project>""");

        Assert.That(DependencyRules.CheckProjects(file, Rule), Is.EqualTo([
            "Runtime references Trainer; it may reference Core.",
            "Runtime does not reference Core, as the diagram says."]));
    }

    [TestCase("TorchSharp-cpu")]
    [TestCase("Google.Protobuf")]
    [TestCase("Microsoft.ML.OnnxRuntime")]
    [TestCase("Microsoft.Extension")]
    public void CheckPackages_PackageThatIsNotAllowed_FindsIt(string package)
        => Assert.That(
            DependencyRules.CheckPackages(WithPackage(package), Rule), Has.One.Contains($"the package {package};"));

    [TestCase("Microsoft.ML.OnnxRuntime.Managed")]
    [TestCase("Microsoft.Extensions.Options")]
    public void CheckPackages_PackageThatIsAllowed_FindsNothing(string package)
        => Assert.That(DependencyRules.CheckPackages(WithPackage(package), Rule), Is.Empty);

    [TestCase("""<PackageReference Include="P" Version="1.0.0" />""")]
    [TestCase("""<PackageReference Include="P" VersionOverride="1.0.0" />""")]
    [TestCase("""<PackageReference Include="P"><Version>1.0.0</Version></PackageReference>""")]
    public void CheckVersions_PackageWithVersion_FindsIt(string reference)
        => Assert.That(
            DependencyRules.CheckVersions(ProjectFile.Parse("Runtime", $"<Project>{reference}</Project>")),
            Has.One.Contains("of P"));

    [Test]
    public void CheckBuildTools_ToolThatIsPassedOn_FindsIt()
        => Assert.That(DependencyRules.CheckBuildTools(WithPackage("Grpc.Tools")), Has.One.Contains("PrivateAssets"));

    [TestCase("OnnxSentiment.Trainer")]
    [TestCase("OnnxSentiment.Runtime.Extensions")]
    [TestCase("TorchSharp")]
    [TestCase("Google.Protobuf")]
    public void CheckAssembly_ReferenceThatIsNotAllowed_FindsIt(string assembly)
        => Assert.That(
            DependencyRules.CheckAssembly(["System.Runtime", "OnnxSentiment.Core", assembly], Rule),
            Has.One.Contains($"uses {assembly};"));

    [TestCase("Core", "Microsoft.ML.OnnxRuntime")]
    [TestCase("OnnxExporter", "Microsoft.ML.OnnxRuntime")]
    [TestCase("Server", "OnnxSentiment.Trainer")]
    [TestCase("Cli", "TorchSharp")]
    public void CheckAssembly_OfOtherProjects_FindsWhatIsNotAllowed(string project, string assembly)
        => Assert.That(
            DependencyRules.CheckAssembly([assembly], ProjectRule.Of(project)),
            Has.One.Contains($"uses {assembly};"));

    [Test]
    public void CheckAssembly_ReferenceThroughAnother_FindsNothing()
        => Assert.That(DependencyRules.CheckAssembly(["OnnxSentiment.Core"], ProjectRule.Of("Server")), Is.Empty);

    private static IEnumerable<Type> Leaks() => typeof(Samples.Leaks).GetNestedTypes();

    [TestCaseSource(nameof(Leaks))]
    public void CheckSurface_TypeOfAnotherWorld_FindsIt(Type leak)
        => Assert.That(ApiRules.CheckSurface(leak, []), Is.Not.Empty);

    [Test]
    public void CheckSurface_TypeThatMayBeExposed_FindsNothing()
        => Assert.That(ApiRules.CheckSurface(typeof(Samples.Leaks.ByReturnValue), [ProjectRule.TorchSharp]), Is.Empty);

    [Test]
    public void CheckSurface_TypeUsedInPrivate_FindsNothing()
        => Assert.That(ApiRules.CheckSurface(typeof(Samples.Discreet), []), Is.Empty);

    [TestCase("namespace OnnxSentiment.Core.Text;")]
    [TestCase("namespace OnnxSentiment.Core;\nnamespace OnnxSentiment.Core.Text { }")]
    [TestCase("class Tokenizer;")]
    public void CheckNamespace_OtherThanTheProjects_FindsIt(string text)
        => Assert.That(
            ApiRules.CheckNamespace("Core", "Text/Tokenizer.cs", text),
            Has.One.Contains("src/Core/Text/Tokenizer.cs"));

    [TestCase("Text/Tokenizer.cs", "using System;\n\nnamespace OnnxSentiment.Core;\n")]
    [TestCase("Core.cs", "namespace OnnxSentiment.Core\n{\n}\n")]
    [TestCase("Program.cs", "return 0;")]
    public void CheckNamespace_TheProjects_FindsNothing(string path, string text)
        => Assert.That(ApiRules.CheckNamespace("Core", path, text), Is.Empty);

    private static ProjectFile WithPackage(string package)
        => ProjectFile.Parse(
            "Runtime", $"""<Project><ItemGroup><PackageReference Include="{package}" /></ItemGroup></Project>""");
}
