using System.Diagnostics;

namespace OnnxSentiment.Cli.Tests;

/// <summary>Runs the tool: inside the test, or as a process where signals and standard input matter.</summary>
internal static class Tool
{
    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
    }

    internal static async Task<Result> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await CommandLine.RunAsync(args, output, TextWriter.Synchronized(error));
        return new Result(exitCode, output.ToString(), error.ToString());
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
