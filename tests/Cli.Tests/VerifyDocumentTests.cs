using System.Diagnostics;
using System.Text.RegularExpressions;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// docs/verify.md: its commands print what stands below them. <c>ONNX_SENTIMENT_APPROVE=1</c> writes what they print
/// into the document.
/// </summary>
public sealed partial class VerifyDocumentTests : IDisposable
{
    private const string Prompt = "$ onnx-sentiment ";

    private static readonly string DocumentPath = Path.Combine(Checkout.Root, "docs", "verify.md");

    private static readonly (string Name, string Source)[] Files =
    [
        ("old.onnx", "mlp.torch13.onnx"), ("new.onnx", "mlp.torch17.onnx"), ("half.onnx", "mlp.fp16.onnx"),
        ("edited.onnx", "mlp.wrong_rows.onnx"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("verify-document-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Document_Commands_PrintWhatIsShown()
    {
        foreach (var (name, source) in Files)
        {
            File.Copy(
                Path.Combine(Checkout.Root, "tests", "Parity.Tests", "Foreign", source), Path.Combine(_folder, name));
        }

        var shown = File.ReadAllText(DocumentPath);
        var printed = Block().Replace(
            shown, block => $"```console\n{block.Groups["command"].Value}\n{Run(block.Groups["command"].Value)}```\n");
        if (Environment.GetEnvironmentVariable("ONNX_SENTIMENT_APPROVE") == "1")
        {
            File.WriteAllText(DocumentPath, printed);
            return;
        }

        Assert.That(Block().Count(shown), Is.GreaterThan(2));
        Assert.That(WithoutNumbers(printed), Is.EqualTo(WithoutNumbers(shown)));
    }

    private string Run(string command)
    {
        var arguments = command[Prompt.Length..].Split(' ');
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
            })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.LessThan(ExitCode.WrongInput), command);
        return output;
    }

    // Rounding is the processor's; where lines break depends on the digits.
    private static string WithoutNumbers(string text) => Spaces().Replace(Number().Replace(text, "#"), " ");

    [GeneratedRegex(@"^```console\n(?<command>\$ .*)\n(?:(?!```).*\n)*```\n", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?: #+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
