using System.Diagnostics;
using System.Globalization;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// A damaged model file loads or is refused in the one way that callers know: no crash, no hang, no absurd memory. For
/// as long as ONNX_SENTIMENT_FUZZ_SECONDS says, from the seed ONNX_SENTIMENT_FUZZ_SEED on.
/// </summary>
public class ModelFileFuzzTests
{
    // A crash ends the child, and the next seed begins another; more of them tell nothing new.
    private const int MaximumCrashes = 5;

    private static readonly TimeSpan MaximumTimeOfAFile = TimeSpan.FromMinutes(1);

    [Test]
    [CancelAfter(86_400_000)]
    public async Task Load_DamagedFile_LoadsOrIsRefused()
    {
        var start = Stopwatch.GetTimestamp();
        var time = TimeSpan.FromSeconds(FromEnvironment("ONNX_SENTIMENT_FUZZ_SECONDS", 2));
        var results = new List<(int Seed, string Result)>();
        var crashes = 0;
        var seed = FromEnvironment("ONNX_SENTIMENT_FUZZ_SEED", 1);
        while (results.Count == 0 || Stopwatch.GetElapsedTime(start) < time)
        {
            results.AddRange(await RunChild(seed, time - Stopwatch.GetElapsedTime(start)));
            seed = results[^1].Seed + 1;
            if (results[^1].Result.StartsWith("wrong", StringComparison.Ordinal) && ++crashes == MaximumCrashes)
            {
                break;
            }
        }

        TestContext.Out.WriteLine(
            string.Join(", ", results.CountBy(r => r.Result.Split(':')[0]).Select(r => $"{r.Value} {r.Key}")));
        Assert.That(
            results.Where(r => r.Result.StartsWith("wrong", StringComparison.Ordinal))
                .Select(r => $"seed {r.Seed}: {r.Result}"),
            Is.Empty,
            "to see one again: dotnet OnnxSentiment.Runtime.Tests.dll fuzz SEED 0");
        Assert.That(
            results.Select(r => r.Result),
            Does.Contain("loaded").And.Contain("refused"),
            "damage that is always or never seen tests nothing");
    }

    // A result for each seed that the child tried; the last is one of ours if the child did not end well.
    private static async Task<List<(int Seed, string Result)>> RunChild(int firstSeed, TimeSpan time)
    {
        var results = new List<(int, string)>();
        using var child = Start(firstSeed, time);
        var errors = child.StandardError.ReadToEndAsync();
        var seed = firstSeed;
        var ending = "";
        try
        {
            while (await child.StandardOutput.ReadLineAsync().WaitAsync(MaximumTimeOfAFile) is { } line)
            {
                if (line.StartsWith("seed ", StringComparison.Ordinal))
                {
                    seed = int.Parse(line[5..], CultureInfo.InvariantCulture);
                }
                else
                {
                    results.Add((seed, line));
                }
            }

            await child.WaitForExitAsync();
        }
        catch (TimeoutException)
        {
            child.Kill();
            ending = $"wrong: no answer in {MaximumTimeOfAFile}";
        }

        if (ending.Length == 0 && child.ExitCode != 0)
        {
            var error = await errors;
            ending = $"wrong: the process ended with {child.ExitCode}: {error[..Math.Min(error.Length, 2_000)]}";
        }

        return ending.Length > 0 ? [.. results, (seed, ending)] : results;
    }

    private static Process Start(int firstSeed, TimeSpan time) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            typeof(ModelFileFuzz).Assembly.Location,
            "fuzz",
            firstSeed.ToString(CultureInfo.InvariantCulture),
            time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
