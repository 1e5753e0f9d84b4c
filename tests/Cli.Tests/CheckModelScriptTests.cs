using System.Diagnostics;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>What <c>action.yml</c> runs, with the tool as it was built beside these tests.</summary>
[Category("Slow")]
[Platform(Exclude = "Win", Reason = "There it is Git's bash, which GitHub finds and a test does not.")]
public sealed class CheckModelScriptTests
{
    private static readonly string Model = Path.Combine(Checkout.ImdbModel, "model.onnx");
    private static readonly string SmallModel = Path.Combine(Checkout.ImdbModel, "int8", "model.onnx");
    private static readonly string Texts = Path.Combine(Checkout.Root, "samples", "reviews.csv");

    private static readonly string HardTexts = Path.Combine(Checkout.Root, "build", "hard-examples.csv");

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("check-model-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Script_GoodModel_PassesAndWritesEveryReport()
    {
        var (exitCode, output) = Run(
            ("MODEL", Model), ("AGAINST", Checkout.ImdbModel), ("DATA", Texts), ("MINIMUM_ACCURACY", "0.75"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Outputs(), Is.EqualTo(["passed=true", $"reports={_folder}/reports"]));
        Assert.That(Reports(), Is.EqualTo(
            ["evaluate.json", "evaluate.md", "evaluate.xml", "verify.json", "verify.md", "verify.xml"]));
    }

    [Test]
    public void Script_WrongModel_FailsAfterAllReports()
    {
        var wrong = Path.Combine(_folder, "wrong.onnx");
        var bytes = File.ReadAllBytes(Model);
        bytes.AsSpan(bytes.Length / 4, bytes.Length / 2).Clear();
        File.WriteAllBytes(wrong, bytes);

        var (exitCode, output) = Run(("MODEL", wrong), ("AGAINST", Model), ("DATA", Texts));

        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(Outputs()[0], Is.EqualTo("passed=false"));
        Assert.That(Reports(), Has.Member("verify.xml").And.Member("evaluate.json"));
    }

    [Test]
    public void Script_AccuracyBelowTheMinimum_Fails()
    {
        var (exitCode, output) = Run(
            ("MODEL", SmallModel), ("AGAINST", Path.GetDirectoryName(SmallModel)!), ("DATA", HardTexts),
            ("MINIMUM_ACCURACY", "1"));

        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("--minimum-accuracy"));
        Assert.That(Outputs()[0], Is.EqualTo("passed=false"));
    }

    [TestCase("MODEL", "no.onnx", "no.onnx")]
    [TestCase("MINIMUM_ACCURACY", "0.9", "set the input 'data'")]
    public void Script_WrongInput_EndsWithCode2AndAnOutput(string name, string value, string message)
    {
        var (exitCode, output) = Run(("MODEL", Model), (name, value));

        Assert.That(exitCode, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain(message));
        Assert.That(Outputs()[0], Is.EqualTo("passed=false"));
    }

    private (int ExitCode, string Output) Run(params (string Name, string Value)[] variables)
    {
        var script = Path.Combine(Checkout.Root, "build", "check-model.sh");
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$0\" 2>&1", script])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        };
        start.Environment["TOOL"] = Path.GetDirectoryName(typeof(CommandLine).Assembly.Location);
        start.Environment["REPORTS"] = $"{_folder}/reports";
        start.Environment["GITHUB_OUTPUT"] = $"{_folder}/outputs";
        start.Environment.Remove("GITHUB_ACTIONS");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private string[] Outputs() => File.ReadAllLines($"{_folder}/outputs");

    private IEnumerable<string> Reports() =>
        Directory.GetFiles($"{_folder}/reports").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
