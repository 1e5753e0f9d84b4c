using System.Diagnostics;
using System.Reflection;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// This program once more, in a process of its own: for what belongs to a process and cannot be undone, as its largest
/// memory, or how its native threads wait.
/// </summary>
internal static class ChildProcess
{
    /// <summary>Runs to the end.</summary>
    /// <param name="arguments">What <c>Program</c> knows.</param>
    /// <param name="unset">Environment variables that the process must not have.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It did not end with exit code 0.</exception>
    public static string Run(IReadOnlyList<string> arguments, params IReadOnlyList<string> unset)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var variable in unset)
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"Measuring '{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}; " +
                "the reason stands above.");
    }

    // Started as `dotnet X.dll`, this process is dotnet; started as X, it is X.
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Assembly.GetExecutingAssembly().Location]
            : [];
}
