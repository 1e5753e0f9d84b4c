using System.Globalization;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The help of every command, those that come later included.</summary>
public class CommandHelpTests
{
    private static readonly string[] Checking = ["quickstart", "export", "verify", "evaluate", "compare", "doctor"];

    private static IEnumerable<string> Commands =>
        CommandLine.Root().Subcommands.Select(command => command.Name);

    [TestCaseSource(nameof(Commands))]
    public async Task Help_OfACommand_HasExamplesAndItsExitCodes(string command)
    {
        var help = (await Tool.RunAsync(command, "--help")).Output.ReplaceLineEndings("\n");
        Assert.That(help, Does.Contain("\nExamples:\n  onnx-sentiment " + command), "CommandHelp.All has no examples");
        var codes = help[help.IndexOf("\nExit codes:\n", StringComparison.Ordinal)..].Trim().Split('\n')[1..]
            .Select(line => int.Parse(line.Trim().Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        Assert.That(codes, Does.Contain(ExitCode.Done).And.Contain(ExitCode.WrongInput).And.Ordered);
        Assert.That(
            codes.Contains(ExitCode.CheckFailed), Is.EqualTo(Checking.Contains(command)), "the codes that it has");
    }

    [TestCaseSource(nameof(Commands))]
    public async Task Help_Examples_AreCommandLinesThatTheToolTakes(string command)
    {
        var help = (await Tool.RunAsync(command, "--help")).Output;
        var examples = help.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith($"onnx-sentiment {command} ", StringComparison.Ordinal)
                && !line.Contains('[', StringComparison.Ordinal)).ToList();
        Assert.That(examples, Is.Not.Empty);
        foreach (var example in examples)
        {
            Assert.That(CommandLine.Root().Parse(example["onnx-sentiment ".Length..]).Errors, Is.Empty, example);
        }
    }

    [Test]
    public async Task Help_OfTheTool_ListsAllExitCodes() => Assert.That(
        (await Tool.RunAsync("--help")).Output.ReplaceLineEndings("\n"),
        Does.Match(@"\n  0 +done\n  1 +a check failed.*\n  2 +wrong usage.*\n  130 +interrupted\n"));

    [Test]
    public void All_Entries_AreOfCommandsThatExist() => Assert.That(
        CommandHelp.All.Keys, Is.EquivalentTo(Commands.Append(CommandHelp.Tool)));
}
