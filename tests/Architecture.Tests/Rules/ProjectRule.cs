namespace OnnxSentiment.Architecture.Tests.Rules;

/// <summary>
/// What a project may know. A name that ends in * stands for all that begin so; an empty list allows nothing.
/// </summary>
/// <param name="Name">The project, a folder under src.</param>
/// <param name="Projects">The projects it references: all of these, and no other.</param>
/// <param name="Packages">The packages it may reference.</param>
/// <param name="Worlds">Of <see cref="AllWorlds"/>, those that its assembly may use.</param>
/// <param name="ExposedWorlds">Of these, the ones whose types its public API may name.</param>
internal sealed record ProjectRule(
    string Name, string[] Projects, string[] Packages, string[] Worlds, string[] ExposedWorlds)
{
    public const string TorchSharp = "TorchSharp";
    public const string Protobuf = "Google.Protobuf";
    public const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    // The property that lets a GPU host choose the native package.
    private const string NativeOnnxRuntime = "$(OnnxRuntimePackage)";

    /// <summary>The libraries that are kept apart, by the beginning of their assemblies' names.</summary>
    public static readonly string[] AllWorlds = [TorchSharp, Protobuf, OnnxRuntime];

    /// <summary>The dependency diagram of docs/design.md, a project a row.</summary>
    public static readonly ProjectRule[] All =
    [
        new("Core", [], [], [], []),
        new("Onnx", ["Core"], ["Google.Protobuf", "Grpc.Tools"], [Protobuf], [Protobuf]),
        new("OnnxExporter", ["Core", "Onnx"], [], [Protobuf], [Protobuf]),
        new(
            "OnnxExporter.TorchSharp", ["OnnxExporter", "Parity"], [TorchSharp],
            [TorchSharp, Protobuf, OnnxRuntime], [TorchSharp]),
        new("Runtime", ["Core"], ["Microsoft.ML.OnnxRuntime.Managed", "Microsoft.Extensions.*"], [OnnxRuntime], []),
        new("Parity", ["Onnx", "Runtime"], [], [Protobuf, OnnxRuntime], [Protobuf]),
        new("Evaluation", ["Core"], ["ScottPlot"], [], []),
        new("Comparison", ["Core", "Evaluation", "Parity", "Runtime", "Trainer"], ["ScottPlot"], [], []),
        new("Trainer", ["Core"], ["CsvHelper", "ScottPlot", "TorchSharp*"], [TorchSharp], []),
        new(
            "Cli", ["Comparison", "Core", "Evaluation", "OnnxExporter", "Parity", "Runtime", "Trainer"],
            [NativeOnnxRuntime, "Spectre.Console", "System.CommandLine"], [OnnxRuntime, Protobuf], []),
        new(
            "Server", ["Onnx", "Parity", "Runtime"],
            [
                NativeOnnxRuntime, "Google.Protobuf", "Grpc.AspNetCore.Server", "Grpc.Tools",
                "Microsoft.AspNetCore.OpenApi", "OpenTelemetry.*",
            ],
            [Protobuf], []),
    ];

    /// <summary>The rule of a project; a project without one is an error of these tests.</summary>
    public static ProjectRule Of(string project)
        => All.SingleOrDefault(rule => rule.Name == project)
            ?? throw new KeyNotFoundException(
                $"No rule for src/{project}; add one to ProjectRule.All. "
                + $"Known: {string.Join(", ", All.Select(r => r.Name))}.");

    /// <summary>
    /// What the project may see, in the words of the table in docs/design.md: tools of the build left out.
    /// </summary>
    public string InWords
        => Projects.Concat(Packages.Except(DependencyRules.BuildTools).Select(InWord)) is var seen && seen.Any()
            ? string.Join(", ", seen)
            : "nothing";

    private static string InWord(string package)
        => package == NativeOnnxRuntime ? "native ONNX Runtime" : package.TrimEnd('*').TrimEnd('.');

    public static bool Matches(string pattern, string name)
        => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
