using System.Diagnostics;

namespace OnnxSentiment.PlantFaults;

/// <summary>Runs other programs.</summary>
internal static class Command
{
    /// <summary>The exit code, null where the time was over, and what was written.</summary>
    public static (int? Code, string Output) Run(
        string folder, string[] command, TimeSpan? longest = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // Servers of the compiler would outlive the build and hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var ended = process.WaitForExit(longest ?? Timeout.InfiniteTimeSpan);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        return (ended ? process.ExitCode : null, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
