using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Packaging.Tests;

/// <summary>
/// The workflows and the action for GitHub, which cannot run here, as <c>build/check-workflows.sh</c> checks them; and
/// that it finds what is wrong on purpose.
/// </summary>
[Category("Packaging")]
public sealed class WorkflowTests
{
    private const string Ci = ".github/workflows/ci.yml";
    private const string Release = ".github/workflows/release.yml";
    private const string Action = "action.yml";

    private static readonly Fault[] Faults =
    [
        new("key", Ci, "timeout-minutes: 30", "timeout-minute: 30", "schema", "Unexpected value 'timeout-minute'"),
        new("job", Release, "needs: package\n", "needs: packages\n", "schema", "unknown job 'packages'"),
        new("context", Ci, "matrix.name", "matrx.name", "meaning", "Unrecognized named-value: 'matrx'"),
        new("step", Ci, "steps.model.outputs", "steps.modle.outputs", "meaning", "might be invalid: modle"),
        new("function", Ci, "!cancelled()", "!canceled()", "meaning", "Unrecognized function: 'canceled'"),
        new("with", Ci, "checkpoint: models", "chekpoint: models", "meaning", "no input 'chekpoint'"),
        new("called", Release, "workflows/ci.yml", "workflows/cx.yml", "meaning", "Unable to find reusable workflow"),
        new("input", Action, "inputs.against", "inputs.agianst", "meaning", "no input 'agianst'"),
        new("shell", Action, "shell: bash", "shel: bash", "schema", "Required property is missing: shell"),
        new("syntax", Ci, "run: build/ci.sh", "run: if build/ci.sh; then", "script", "syntax error: unexpected end"),
        new("variable", Ci, "[[ $PASSED == true ]]", "passed=$PASSED", "shellcheck", "SC2034"),
        new("injection", Ci, "$PASSED == true", "${{ github.ref }} == true", "script", "an expression stands in"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflows-");

    private CheckScript _script = null!;
    private CheckScript _broken = null!;

    [OneTimeSetUp]
    public void Check()
    {
        _script = CheckScript.Run("check-workflows.sh");
        if (_script.Output.Contains("SKIPPED schema", StringComparison.Ordinal))
        {
            Assert.Ignore(_script.Output);
        }

        _broken = CheckScript.Run("check-workflows.sh", [.. Faults.Select(Break)]);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase("schema")]
    [TestCase("meaning")]
    [TestCase("script")]
    [TestCase("shellcheck")]
    public void Workflows_OfTheRepository_PassTheCheck(string check) => _script.Require(check);

    [Test]
    public void Script_AfterItsChecks_EndsWithoutAnError() => Assert.That(_script.ExitCode, Is.Zero, _script.Output);

    [Test]
    public void Script_BrokenWorkflows_EndsWithAnError() => Assert.That(_broken.ExitCode, Is.EqualTo(1));

    [TestCaseSource(nameof(Faults))]
    public void Script_WorkflowBrokenOnPurpose_FailsTheCheck(Fault fault)
    {
        var lines = _broken.Output.Split('\n');
        Assert.That(lines, Has.Some.Contains(fault.Message), _broken.Output);

        // The checks of scripts are of all files together.
        var isOfTheFile = fault.Check is "schema" or "meaning";
        Assert.That(
            lines, Has.Some.StartsWith($"FAILED {fault.Check}:").And.Contains(isOfTheFile ? PathOf(fault) : ""),
            _broken.Output);
    }

    // The name action.yml says that the file is an action.
    private string PathOf(Fault fault) => fault.Path == Action
        ? Path.Combine(_folder.CreateSubdirectory(fault.Name).FullName, Action)
        : Path.Combine(_folder.FullName, $"{fault.Name}.yml");

    private string Break(Fault fault)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, fault.Path));
        Assert.That(text, Does.Contain(fault.Right));
        File.WriteAllText(PathOf(fault), text.Replace(fault.Right, fault.Wrong, StringComparison.Ordinal));
        return PathOf(fault);
    }

    /// <summary>A mistake in a copy of a file.</summary>
    public sealed record Fault(string Name, string Path, string Right, string Wrong, string Check, string Message)
    {
        public override string ToString() => Name;
    }
}
