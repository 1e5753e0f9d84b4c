using System.Diagnostics;
using System.Text.RegularExpressions;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// docs/ci.md: its commands, run one after the other with the table of docs/your-own-data.md, print what stands below
/// them but for the numbers; its test is the one in samples. <c>ONNX_SENTIMENT_APPROVE=1</c> writes both into the page.
/// </summary>
[Category("Slow")]
public sealed partial class CiDocumentTests
{
    private const string Prompt = "$ ";

    private static readonly string DocumentPath = Path.Combine(Checkout.Root, "docs", "ci.md");
    private static readonly string TablePage = Path.Combine(Checkout.Root, "docs", "your-own-data.md");
    private static readonly string Sample = Path.Combine(Checkout.Root, "samples", "XUnit", "ModelTests.cs");

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("ci-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Document_Test_IsTheSample() =>
        RequireShown(CSharp(), _ => $"```csharp\n{File.ReadAllText(Sample)}```\n", text => text);

    [Test]
    public void Document_Action_HasTheInputsAndOutputsOfActionYml() =>
        RequireShown(Table(), table => table.Groups[1].Value + Rows(table.Groups[2].Value), text => text);

    [Test]
    public void Document_Commands_PrintWhatIsShown()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The page's commands are for bash.");
        }

        WriteTool();
        RunBash(Bash().Match(File.ReadAllText(TablePage)).Groups[1].Value);
        RequireShown(
            Console(), block => $"```console\n{string.Concat(CommandsOf(block).Select(Printed))}```\n", Comparable);
    }

    private static void RequireShown(Regex block, Func<Match, string> real, Func<string, string> comparable)
    {
        var shown = File.ReadAllText(DocumentPath);
        Assert.That(block.IsMatch(shown));
        var written = block.Replace(shown, match => real(match));
        if (Environment.GetEnvironmentVariable("ONNX_SENTIMENT_APPROVE") == "1")
        {
            File.WriteAllText(DocumentPath, written);
            return;
        }

        Assert.That(comparable(written), Is.EqualTo(comparable(shown)));
    }

    // A row for each entry of a section of action.yml, with its description.
    private static string Rows(string section)
    {
        var action = File.ReadAllText(Path.Combine(Checkout.Root, "action.yml"));
        var body = Regex.Match(action, $@"^{section}:\n((?:(?: .*)?\n)+)", RegexOptions.Multiline).Groups[1].Value;
        return string.Concat(Entry().Matches(body).Select(
            entry => $"| `{entry.Groups[1].Value}` | {Regex.Replace(entry.Groups[2].Value, @"\s+", " ").Trim()} |\n"));
    }

    private static IEnumerable<string> CommandsOf(Match block) =>
        block.Groups[1].Value.Split('\n').Where(line => line.StartsWith(Prompt, StringComparison.Ordinal));

    private string Printed(string line) => $"{line}\n{RunBash(line[Prompt.Length..])}";

    // Both streams into one, in the order in which a terminal would show them.
    private string RunBash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\n{script}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{_folder}/bin:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var variable in Environment.GetEnvironmentVariables().Keys.OfType<string>()
            .Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal)))
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return ProgressWithinAnEpoch().Replace(output, "");
    }

    private void WriteTool()
    {
        var tool = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, "onnx-sentiment");
        File.WriteAllText(tool, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        Process.Start("chmod", ["+x", tool]).WaitForExit();
    }

    // Numbers and the place of the largest difference are of another training on another processor.
    private static string Comparable(string text) =>
        Spaces().Replace(Number().Replace(Place().Replace(text, "a batch"), "#"), " ");

    [GeneratedRegex(@"^(<!-- (inputs|outputs) -->\n\|.*\n\|.*\n)(?:\|.*\n)*", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^  ([\w-]+):\n    description: (?:>-)?((?:.*\n)(?:      .*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^```csharp\n((?:(?!```).*\n)*)```\n", RegexOptions.Multiline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"^```console\n((?:(?!```).*\n)*)```\n", RegexOptions.Multiline)]
    private static partial Regex Console();

    [GeneratedRegex(@"^```bash\n((?:(?!```).*\n)*)```\n", RegexOptions.Multiline)]
    private static partial Regex Bash();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"batch '[^']*',\s+row \d+ \(\d+ tokens?\)")]
    private static partial Regex Place();

    [GeneratedRegex(@"^epoch \d+/\d+ .* left.*\n", RegexOptions.Multiline)]
    private static partial Regex ProgressWithinAnEpoch();

    [GeneratedRegex(@"[\s-]+")]
    private static partial Regex Spaces();
}
