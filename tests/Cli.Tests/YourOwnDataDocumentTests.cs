using System.Diagnostics;
using System.Text.RegularExpressions;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// docs/your-own-data.md, from its first block to its last, in one folder: the commands print what stands below them,
/// its C# is the code below, and its server is started, at another port. <c>ONNX_SENTIMENT_APPROVE=1</c> writes what
/// they print into the document.
/// </summary>
[Category("Slow")]
[NonParallelizable] // changes the current folder and the console's output
public sealed partial class YourOwnDataDocumentTests
{
    private const string Prompt = "$ ";
    private const string Mistakes = "## Common mistakes";

    // Figures of a training on another processor; what they are about is in the words around them.
    private const double Tolerance = 0.05;

    private static readonly string DocumentPath = Path.Combine(Checkout.Root, "docs", "your-own-data.md");
    private static readonly string SourcePath = Path.Combine(
        Checkout.Root, "tests", "Cli.Tests", $"{nameof(YourOwnDataDocumentTests)}.cs");

    private const string DocumentsAddress = "http://127.0.0.1:8000";

    private string _folder = "";
    private string _address = DocumentsAddress;
    private Process? _server;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("your-own-data-").FullName;

    [TearDown]
    public void EndServerAndDeleteFolder()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Document_CSharp_IsTheCodeBelow()
    {
        var here = Region().Match(File.ReadAllText(SourcePath)).Groups[1].Value;
        var there = Block().Matches(File.ReadAllText(DocumentPath)).Single(
            block => block.Groups["language"].Value == "csharp");

        Assert.That(Lines(there.Groups["body"].Value), Is.EqualTo(Lines(here)));
    }

    [Test]
    public void Document_Commands_PrintWhatIsShown()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The page's commands are for bash.");
        }

        WriteTool();
        var shown = File.ReadAllText(DocumentPath);
        var printed = Block().Replace(
            shown, block => $"```{block.Groups["language"].Value}\n{BodyOf(block, shown)}```\n");
        if (Environment.GetEnvironmentVariable("ONNX_SENTIMENT_APPROVE") == "1")
        {
            File.WriteAllText(DocumentPath, printed);
            return;
        }

        var (expected, actual) = (Lines(shown), Lines(printed));
        Assert.That(actual.Select(WithoutNumbers), Is.EqualTo(expected.Select(WithoutNumbers)));
        Assert.That(expected.Zip(actual, Differences).SelectMany(lines => lines), Is.Empty);
    }

    [TestCase("accuracy  0.95", "accuracy  0.96", true)]
    [TestCase("accuracy  0.85", "accuracy  0.96", false)]
    [TestCase("57 texts", "58 texts", false)]
    [TestCase("2.43 s  229 MB", "1.01 s  250 MB", true)]
    [TestCase("texts/s    3,000", "texts/s    4,123", true)]
    [TestCase(
        "1.0e-7 absolute in batch 'a b', row 1 (33 tokens)", "3.1e-7 absolute in batch 'c', row 12 (1 token)", true)]
    public void Differences_OfALine_AreThoseThatMatter(string expected, string actual, bool same)
    {
        Assert.That(WithoutNumbers(actual), Is.EqualTo(WithoutNumbers(expected)));
        Assert.That(Differences(expected, actual), same ? Is.Empty : Is.Not.Empty);
    }

    private static void RunExample()
    {
        // begin
        using var model = SentimentModel.Load("messages/model.onnx");

        foreach (var text in new[] { "The cake was a delight.", "Our table was dirty." })
        {
            SentimentPrediction prediction = model.Predict(text);
            Console.WriteLine($"{prediction.Label,-9}  {prediction.Probability:0.0}  {text}");
        }
        // end
    }

    private string BodyOf(Match block, string document)
    {
        var (language, body) = (block.Groups["language"].Value, block.Groups["body"].Value);
        return language switch
        {
            "bash" => body + RunBash(body, expectedExitCode: 0),
            "console" => string.Concat(Commands(body).Select(command =>
                $"{Prompt}{command}\n{RunBash(command, ExitCodeOf(command, block.Index, document))}")),
            "text" => OutputOfExample(),
            "sh" => WithServer(body),
            _ => body,
        };
    }

    // Started by its file instead of its project, in the page's folder, where the repository lies.
    private string WithServer(string command)
    {
        var (configuration, framework) = (
            Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name,
            new DirectoryInfo(AppContext.BaseDirectory).Name);
        var server = Path.Combine(
            Checkout.Root, "src", "Server", "bin", configuration, framework, "OnnxSentiment.Server.dll");
        var start = new ProcessStartInfo(
            "dotnet",
            [server, "--urls=http://127.0.0.1:0", "--Grpc:Url=", .. command.Trim().Split(" -- ")[1].Split(' ')])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        _server = Process.Start(start)!;
        var isLoaded = false;
        while (!isLoaded || _address == DocumentsAddress)
        {
            var line = _server.StandardOutput.ReadLine()
                ?? throw new AssertionException("The server ended before it served anything.");
            isLoaded |= line.Contains("model versions of", StringComparison.Ordinal);
            _address = Address().Match(line) is { Success: true } address ? address.Value : _address;
        }

        return command;
    }

    private static IEnumerable<string> Commands(string body) =>
        Lines(body).Where(line => line.StartsWith(Prompt, StringComparison.Ordinal))
            .Select(line => line[Prompt.Length..]);

    private static int ExitCodeOf(string command, int position, string document) =>
        position > document.IndexOf(Mistakes, StringComparison.Ordinal)
            && command.StartsWith("onnx-sentiment", StringComparison.Ordinal)
            ? ExitCode.WrongInput
            : ExitCode.Done;

    // Both streams into one, in the order in which a terminal would show them.
    private string RunBash(string script, int expectedExitCode)
    {
        var here = script.Replace(DocumentsAddress, _address, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\nset -o pipefail\n{here}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(expectedExitCode), $"{script}\n{output}");
        var lines = ProgressWithinAnEpoch().Replace(output, "");

        // A block's end stands on a line of its own.
        return lines.Length == 0 || lines.EndsWith('\n') ? lines : lines + "\n";
    }

    private void WriteTool()
    {
        var tool = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, "onnx-sentiment");
        File.WriteAllText(tool, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        Process.Start("chmod", ["+x", tool]).WaitForExit();
    }

    private string OutputOfExample()
    {
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        using var written = new StringWriter();
        try
        {
            Environment.CurrentDirectory = _folder;
            Console.SetOut(written);
            RunExample();
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = folder;
        }

        return written.ToString();
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim()).Where(line => line.Length > 0)];

    private static string WithoutNumbers(string line) =>
        Spaces().Replace(Number().Replace(WithoutPlace(line), "#"), " ");

    // Which text has the largest of many tiny differences depends on the processor's rounding.
    private static string WithoutPlace(string line) => Place().Replace(line, "in a batch");

    private static IEnumerable<string> Differences(string expected, string actual) =>
        Number().Matches(WithoutPlace(expected)).Zip(Number().Matches(WithoutPlace(actual)))
            .Where(pair => !IsMeasured(WithoutPlace(expected), pair.First))
            .Where(pair => !AreClose(pair.First.Value, pair.Second.Value))
            .Select(pair => $"'{pair.Second.Value}' instead of '{pair.First.Value}' in: {expected}");

    // Times, memory and sizes are of the machine and the day.
    private static bool IsMeasured(string line, Match number) =>
        line.StartsWith("texts/s", StringComparison.Ordinal) || Unit().IsMatch(line[(number.Index + number.Length)..]);

    private static bool AreClose(string expected, string actual) =>
        expected == actual
            || (expected.Contains('.') && actual.Contains('.')
                && Math.Abs(ValueOf(expected) - ValueOf(actual)) <= Tolerance);

    private static double ValueOf(string number) =>
        double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<body>(?:(?!```).*\n)*)```\n", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ +// begin\n(.*?)^ +// end$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"^ (?:s|MB|bytes)\b")]
    private static partial Regex Unit();

    [GeneratedRegex(@"in batch '[^']*', row \d+ \(\d+ tokens?\)")]
    private static partial Regex Place();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    // A line every 15 seconds, which only a very busy machine shows.
    [GeneratedRegex(@"^epoch \d+/\d+ .* left.*\n", RegexOptions.Multiline)]
    private static partial Regex ProgressWithinAnEpoch();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
