using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// A program that this project did not write, behind a script of <c>build/outside</c> that prints <c>OK name
/// difference</c> for each folder it is given.
/// </summary>
/// <param name="Name">Its column in the report.</param>
/// <param name="Program">The interpreter.</param>
/// <param name="Script">The script.</param>
/// <param name="Probes">Command lines that all succeed where the tool is present.</param>
internal sealed record OutsideTool(string Name, string Program, string Script, params string[][] Probes)
{
    // Debian's own interpreter: another one may come first on the path, without Debian's modules.
    private const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly string Scripts = Path.Combine(Checkout.Root, "build", "outside");

    internal static OutsideTool OnnxChecker { get; } = new(
        "onnx checker", Python, "check_model.py", [Python, "-c", "import onnx"]);

    internal static OutsideTool PyTorch { get; } = new(
        "PyTorch", Python, "compare_torch.py", [Python, "-c", "import torch, onnx"]);

    internal static OutsideTool Node { get; } = new(
        "onnxruntime-node", "node", "compare_node.js", NodeProbe("onnxruntime-node"));

    internal static OutsideTool Web { get; } = new(
        "onnxruntime-web", "node", "compare_web.js", NodeProbe(
            "onnxruntime-web"), ["chromium", "--version", "--no-sandbox"]);

    // Asked once: starting PyTorch takes seconds.
    private Lazy<string[]?> FailingProbe { get; } =
        new(() => Array.Find(Probes, probe => Execute(probe[0], probe[1..]) is not { ExitCode: 0 }));

    /// <summary>Ignores the running test where the tool is missing.</summary>
    internal void Require()
    {
        if (FailingProbe.Value is { } probe)
        {
            Assert.Ignore(
                $"{Name} is not here: `{string.Join(' ', probe)}` fails. build/install-outside-tools.sh installs it.");
        }
    }

    /// <summary>Runs the script, which has to succeed; what it said of each folder, by the folder's name.</summary>
    internal IReadOnlyDictionary<string, string> Run(IReadOnlyCollection<string> folders)
    {
        var (exitCode, output, error) = Start([.. folders]);
        Assert.That(exitCode, Is.Zero, $"{Script}: {output}{error}");
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Where(words => words is ["OK", _, _])
                .ToDictionary(words => words[1], words => words[2]);
        Assert.That(results.Keys, Is.EquivalentTo(folders.Select(Path.GetFileName)));
        return results;
    }

    /// <summary>Runs a script with the tool's interpreter.</summary>
    internal (int ExitCode, string Output, string Error) Start(string[] arguments, string? script = null) =>
        Execute(Program, [Path.Combine(Scripts, script ?? Script), .. arguments])
            ?? throw new InvalidOperationException($"{Program} does not start.");

    /// <summary>Writes what the tool said of a folder into the report.</summary>
    internal void Record(string table, string row, string result, double tolerance)
    {
        if (result == ParityLog.Valid)
        {
            ParityLog.RecordValid(table, row, Name);
        }
        else
        {
            ParityLog.Record(table, row, Name, double.Parse(result, CultureInfo.InvariantCulture), tolerance);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string[] NodeProbe(string package) =>
    [
        "node", "-e",
        $"process.exit(require('fs').existsSync('{Scripts}/node_modules/{package}/package.json') ? 0 : 1)",
    ];

    private static (int ExitCode, string Output, string Error)? Execute(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PYTHONWARNINGS"] = "ignore", ["PYTHONDONTWRITEBYTECODE"] = "1" },
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Timeout))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"no end after {Timeout}");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
