using PublicApiGenerator;

namespace OnnxSentiment.Architecture.Tests;

/// <summary>
/// The public API of the projects that others build on, as text that a person has read: a change of it shows up in
/// the review of the change, and not by accident.
/// </summary>
public class PublicApiTests
{
    private const string Approve = "ONNX_SENTIMENT_APPROVE";

    // What protoc makes of the standard's schema is the standard's; System and Microsoft are the generator's default.
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = ["System", "Microsoft", "OnnxSentiment.Onnx.Proto"],
    };

    [TestCase("Core")]
    [TestCase("Evaluation")]
    [TestCase("Onnx")]
    [TestCase("OnnxExporter")]
    [TestCase("OnnxExporter.TorchSharp")]
    [TestCase("Parity")]
    [TestCase("Runtime")]
    [TestCase("Trainer")]
    public void PublicApi_OfTheProject_IsTheApprovedOne(string project)
    {
        var approved = Path.Combine(
            Repository.Root, "tests", "Architecture.Tests", "PublicApi", $"{project}.approved.txt");
        var received = Normalize(Repository.Assembly(project).GeneratePublicApi(Options));
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            File.WriteAllText(approved, received);
        }

        Assert.That(received, Is.EqualTo(Read(approved)),
            $"The public API of {project} is not the approved one. If the change is meant, run the tests again with "
            + $"{Approve}=1 and commit {Path.GetRelativePath(Repository.Root, approved)}.");
    }

    [Test]
    public void Normalize_LineEndings_AreThoseOfTheRepository()
        => Assert.That(Normalize("a\r\nb  "), Is.EqualTo("a\nb\n"));

    private static string Read(string path) => File.Exists(path) ? Normalize(File.ReadAllText(path)) : "";

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd() + "\n";
}
