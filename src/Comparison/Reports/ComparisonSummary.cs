using System.Runtime.InteropServices;
using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison;

/// <summary>A comparison as <c>report.json</c> holds it; <c>report.md</c> and the pictures show nothing else.</summary>
internal sealed record ComparisonSummary
{
    /// <summary>What the networks were trained and tested on.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>The settings that all networks share.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Where times were measured.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>The networks in the order of the report.</summary>
    public required IReadOnlyList<ModelSummary> Models { get; init; }

    /// <summary>Puts together what was measured.</summary>
    /// <param name="plan">What was to be compared.</param>
    /// <param name="data">What it was trained and tested on.</param>
    /// <param name="runs">All runs of the plan.</param>
    internal static ComparisonSummary Of(
        ComparisonPlan plan, DataDescription data, IReadOnlyList<ModelRun> runs) => new()
        {
            Data = data,
            Settings = plan.SharedSettings().ToDictionary(setting => setting.Name, setting => setting.Value),
            Machine = MachineDescription.OfThis(),
            Models = [.. plan.Variants.Select(
            variant => ModelSummary.Of(variant, [.. runs.Where(run => run.Model == variant.Name)]))],
        };
}

/// <summary>One network over all its seeds; figures are means over them.</summary>
internal sealed record ModelSummary
{
    /// <summary>The network's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in words.</summary>
    public required string Title { get; init; }

    /// <summary>Numbers that training chose.</summary>
    public required long Parameters { get; init; }

    /// <summary>Share of the test texts classified rightly.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Its standard deviation over the seeds (with n - 1); null for one seed.</summary>
    public required double? TestAccuracyDeviation { get; init; }

    /// <summary>Wall-clock time of an epoch's training steps; null where no run has one.</summary>
    public required double? SecondsPerEpoch { get; init; }

    /// <summary>Bytes of the exported file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Median time of one prediction for one text, in milliseconds.</summary>
    public required double LatencyMilliseconds { get; init; }

    /// <summary>Largest difference of a logit in all comparisons.</summary>
    public required double ParityLargestDifference { get; init; }

    /// <summary>What was measured for each seed.</summary>
    public required IReadOnlyList<ModelRun> Runs { get; init; }

    internal static ModelSummary Of(ModelVariant variant, IReadOnlyList<ModelRun> runs) => new()
    {
        Name = variant.Name,
        Title = variant.Title,
        Parameters = runs[0].Parameters,
        TestAccuracy = runs.Average(run => run.TestAccuracy),
        TestAccuracyDeviation = Deviation([.. runs.Select(run => run.TestAccuracy)]),
        SecondsPerEpoch = runs.Average(run => run.SecondsPerEpoch),
        FileBytes = (long)runs.Average(run => run.FileBytes),
        LatencyMilliseconds = runs.Average(run => run.LatencyMilliseconds),
        ParityLargestDifference = runs.Max(run => run.ParityLargestDifference),
        Runs = runs,
    };

    private static double? Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length > 1
            ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1))
            : null;
    }
}

/// <summary>The machine that measured.</summary>
/// <param name="Processor">Its model, or its architecture where the system does not say.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
internal sealed record MachineDescription(string Processor, int Cores, string System, string Runtime)
{
    private const string LinuxProcessorFile = "/proc/cpuinfo";

    internal static MachineDescription OfThis() => new(
        LinuxProcessor() ?? RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount,
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);

    private static string? LinuxProcessor() => File.Exists(LinuxProcessorFile)
        ? File.ReadLines(LinuxProcessorFile)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
