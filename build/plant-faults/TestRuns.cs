using System.Text.RegularExpressions;

namespace OnnxSentiment.PlantFaults;

/// <summary>Builds and runs test projects of the copy.</summary>
internal static partial class TestRuns
{
    // A fault may be one that waits for ever.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>What the compiler said if it failed; empty if it did not.</summary>
    public static string Build(Sources copy, string project)
    {
        var (code, output) = Command.Run(copy.Root,
        [
            "dotnet", "build", $"tests/{project}.Tests", "-c", "Release", "-v", "quiet", "-clp:NoSummary",
            "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:TreatWarningsAsErrors=false",
            "-p:CreateHardLinksForCopyLocalIfPossible=true",
        ]);
        return code == 0 ? "" : output;
    }

    /// <summary>A test that fails with the fault on, or with none where that is null; null if all pass.</summary>
    public static string? FirstFailure(Sources copy, TestRun run, Fault? fault)
    {
        var assembly = $"tests/{run.Project}.Tests/bin/Release/net10.0/OnnxSentiment.{run.Project}.Tests.dll";
        string[] filter = run.Filter is null ? [] : ["--filter", run.Filter];
        var (code, output) = Command.Run(
            copy.Root, ["dotnet", "test", assembly, .. filter, "--", "NUnit.StopOnError=true"], Longest,
            (Planting.Variable, fault?.Id ?? ""));
        var test = FailedTest().Match(output) is { Success: true } match ? match.Groups["name"].Value
            : code is null ? $"no end within {Longest.TotalMinutes} minutes"
            : "a crash";
        return code == 0 ? null : $"{run.Project}: {test}";
    }

    [GeneratedRegex(@"^\s*Failed (?<name>.+?) \[", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
