using OnnxSentiment.Parity;

namespace OnnxSentiment.Cli.Tests;

/// <summary>What a runner of GitHub Actions sees.</summary>
public class GitHubActionsTests
{
    private static readonly string[] Elsewhere = ["", "false"];

    private string _summary = "";

    [SetUp]
    public void CreateSummary() => _summary = Path.GetTempFileName();

    [TearDown]
    public void DeleteSummary() => File.Delete(_summary);

    [Test]
    public void Publish_FailedChecks_AreEscapedErrors()
    {
        var text = Published(
            Check(CheckOutcome.Failed, "weights, layer:0", "100 % off\r\nsecond, line: end"),
            Check(CheckOutcome.Skipped, "accuracy", "Too few texts."), Check(CheckOutcome.Passed, "values", ""));
        Assert.That(
            text,
            Is.EqualTo(
                "::error title=verify%3A weights%2C layer%3A0%2C x::100 %25 off%0D%0Asecond, line: end\n" +
                "::warning title=verify%3A accuracy%2C x::Too few texts.\n"));
    }

    [Test]
    public void Publish_ManyFailures_AreTenAnnotations()
    {
        var lines = Published([.. Enumerable.Range(0, 12).Select(i => Check(CheckOutcome.Failed, $"{i}", "Differs."))])
            .TrimEnd().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[^1], Is.EqualTo("::error title=verify::3 more failed."));
    }

    [Test]
    public void Publish_Summary_IsAppendedForEachReport()
    {
        File.WriteAllText(_summary, "before\n");
        Published(Check(CheckOutcome.Passed, "values", ""));
        Published(Check(CheckOutcome.Failed, "values", "Differs."));
        var text = File.ReadAllText(_summary);
        Assert.That(text, Does.StartWith("before\n## verify: passed\n").And.Contain("\n\n## verify: **FAILED**\n"));
    }

    [Test]
    public void Publish_SummaryThatCannotBeWritten_IsSaidAndNoMore()
    {
        var messages = new StringWriter { NewLine = "\n" };
        Find(messages, Path.GetTempPath())!.Publish(Report(Check(CheckOutcome.Passed, "values", "")));
        Assert.That(messages.ToString(), Does.StartWith("The summary of the step cannot be written: "));
    }

    [Test]
    public void Find_Elsewhere_IsNothing()
    {
        foreach (var value in Elsewhere.Append(null))
        {
            Assert.That(GitHubActions.Find(name => name == "GITHUB_ACTIONS" ? value : "x", TextWriter.Null), Is.Null);
        }
    }

    [Test]
    public async Task RunAsync_OnGitHub_CommandsPublishByThemselves()
    {
        using var files = new TinyFiles();
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_STEP_SUMMARY"] = _summary,
        };
        string[] evaluate = ["evaluate", "--model", files.Model, "--data", files.Data];

        var failed = await Tool.RunAsync([.. evaluate, "--minimum-accuracy", "1"], variables);
        Assert.That(failed.ExitCode, Is.EqualTo(ExitCode.CheckFailed), failed.ToString());
        Assert.That(
            failed.Error, Does.Contain("::error title=evaluate%3A evaluation%2C minimum accuracy::The accuracy is 0."));
        Assert.That(File.ReadAllText(_summary), Does.Contain("## evaluate: **FAILED**"));
        Assert.That(failed.Output, Does.Not.Contain("::"), "standard output may be a report");

        var wrong = await Tool.RunAsync(["verify", files.Model, "--against", "nowhere"], variables);
        Assert.That(wrong.ExitCode, Is.EqualTo(ExitCode.WrongInput), wrong.ToString());
        Assert.That(wrong.Error, Does.Contain("::error title=verify::").And.Contain("nowhere"));

        var elsewhere = await Tool.RunAsync([.. evaluate, "--minimum-accuracy", "1"]);
        Assert.That(elsewhere.Error, Does.Not.Contain("::"));
    }

    private string Published(params CheckResult[] checks)
    {
        var messages = new StringWriter { NewLine = "\n" };
        Find(messages, _summary)!.Publish(Report(checks));
        return messages.ToString();
    }

    private static GitHubActions? Find(TextWriter messages, string summary) => GitHubActions.Find(
        name => name switch { "GITHUB_ACTIONS" => "true", "GITHUB_STEP_SUMMARY" => summary, _ => null }, messages);

    private static CheckReport Report(params CheckResult[] checks) =>
        new() { Command = "verify", Subject = "model.onnx", Checks = checks };

    private static CheckResult Check(CheckOutcome outcome, string group, string message) =>
        new() { Group = group, Name = "x", Outcome = outcome, Message = message };
}
