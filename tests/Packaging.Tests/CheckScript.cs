using System.Diagnostics;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Packaging.Tests;

/// <summary>
/// What a script of <c>build</c> said: a line <c>PASSED name: words</c>, <c>FAILED …</c> or <c>SKIPPED …</c> a check.
/// </summary>
internal sealed record CheckScript(string Name, int ExitCode, string Output)
{
    private const string Switch = "ONNX_SENTIMENT_PACKAGING";

    // Compiling to native code takes a minute on two cores, several where they are shared.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(9);

    /// <summary>Runs a script to its end, or ignores the running test where nobody asked for minutes of work.</summary>
    internal static CheckScript Run(string name, params string[] arguments) => Run(name, [], arguments);

    /// <summary>The same, with these variables in the script's environment.</summary>
    internal static CheckScript Run(
        string name, IReadOnlyList<(string Name, string Value)> variables, params string[] arguments)
    {
        if (Environment.GetEnvironmentVariable(Switch) != "1")
        {
            Assert.Ignore(
                $"{Switch} is not 1, as build/ci.sh sets it: build/{name} takes minutes and restores packages.");
        }

        // Into a file: compiler servers outlive the script and would hold a pipe open.
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Root, "artifacts"));
        var log = Path.Combine(folder.FullName, $"{name}.log");
        var script = Path.Combine(Checkout.Root, "build", name);
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, script, .. arguments]);
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start)!;
        if (!process.WaitForExit(Timeout))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"build/{name} did not end within {Timeout}; it said:\n{File.ReadAllText(log)}");
        }

        var output = File.ReadAllText(log);
        TestContext.Out.WriteLine(output);
        return new(name, process.ExitCode, output);
    }

    /// <summary>
    /// The running test ends as the check of that name did; where there is none, it fails with all that was said.
    /// </summary>
    internal void Require(string check)
    {
        var lines = Lines(check).ToList();
        Assert.That(lines, Is.Not.Empty, $"build/{Name} ended with {ExitCode} and no check '{check}':\n{Output}");
        Assert.That(lines, Has.None.StartsWith("FAILED"), Output);
        if (lines.Find(line => line.StartsWith("SKIPPED", StringComparison.Ordinal)) is { } skipped)
        {
            Assert.Ignore(skipped);
        }

        Assert.That(lines, Has.All.StartsWith("PASSED"), Output);
    }

    private IEnumerable<string> Lines(string check) =>
        Output.Split('\n').Where(line => line.Split(' ') is [_, var name, ..] && name == $"{check}:");
}
