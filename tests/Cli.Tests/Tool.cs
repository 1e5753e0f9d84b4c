using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli.Tests;

/// <summary>Runs the tool: inside the test, or as a process where signals and standard input matter.</summary>
internal static class Tool
{
    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
    }

    internal static Task<Result> RunAsync(params string[] args) => RunAsync(args, new Dictionary<string, string>());

    /// <summary>With these environment variables alone: the tests themselves may run on GitHub Actions.</summary>
    internal static async Task<Result> RunAsync(string[] args, IReadOnlyDictionary<string, string> variables)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await CommandLine.RunAsync(
            args, output, TextWriter.Synchronized(error), name => variables.GetValueOrDefault(name));
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The metrics that <c>evaluate</c> writes as JSON; its exit code has to be 0.</summary>
    internal static async Task<JsonNode> MetricsAsync(params string[] args)
    {
        var result = await RunAsync(["evaluate", .. args, "--json", "-"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return JsonNode.Parse(result.Output)!["metrics"]!;
    }

    internal static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { typeof(CommandLine).Assembly.Location },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    }.With(args))!;

    private static ProcessStartInfo With(this ProcessStartInfo info, string[] args)
    {
        foreach (var arg in args)
        {
            info.ArgumentList.Add(arg);
        }

        return info;
    }
}
