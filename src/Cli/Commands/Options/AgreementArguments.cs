using System.CommandLine;
using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>The options of <c>verify</c> that say how two files are compared.</summary>
internal sealed class AgreementArguments
{
    private readonly Option<string?> _folder = new("--inputs")
    {
        Description = "A folder of inputs to compare on in place of random ones: .npy files named after the inputs, " +
            "or " +
            "input_0.pb, input_1.pb …; or a folder of such folders.",
        HelpName = "folder",
    };

    private readonly Option<string[]> _rules = new("--input")
    {
        Description = "What a random input is given, where its type and its use do not tell: " +
            $"{InputRule.Forms}. May be given more than once.",
        HelpName = "name=values,shape",
    };

    private readonly Option<string[]> _sizes = new("--size")
    {
        Description = "The size of a named dimension, as in --size batch=4; those not named are tried at three " +
            "sizes. " +
            "May be given more than once.",
        HelpName = "name=number",
    };

    private readonly Option<double?> _absolute = new("--absolute-tolerance")
    {
        CustomParser = Numbers.Parse,
        Description = "How far values may differ, as a share of the magnitude of the values around. Default by the " +
            "coarser precision of the two files: 1e-4 for float32, 1e-2 for float16, 1e-1 for int8.",
        HelpName = "share",
    };

    private readonly Option<double?> _relative = new("--relative-tolerance")
    {
        CustomParser = Numbers.Parse,
        Description = "How far each value may differ beyond that, as a share of itself; the same defaults.",
        HelpName = "share",
    };

    private readonly Option<GraphOptimization?> _optimization = Optimization(
        "--optimization",
        "How far ONNX Runtime rewrites the graphs before it runs them: none, basic, extended or all, the default.");

    private readonly Option<string?> _againstDevice = new("--against-device")
    {
        Description = "Where the other file runs, cpu or cuda:N; without --against, the same file.",
        HelpName = "cpu|cuda:N",
    };

    private readonly Option<GraphOptimization?> _againstOptimization = Optimization(
        "--against-optimization",
        "The same for the other file, if it differs; without --against, for the same file.");

    internal void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether an option asks for a second run of the same file.</summary>
    internal bool RunsTheSameFile(ParseResult arguments) =>
        IsGiven(arguments, _againstDevice) || IsGiven(arguments, _againstOptimization);

    /// <summary>Throws if one is given where a checkpoint is compared.</summary>
    /// <exception cref="InvalidInputException">One is.</exception>
    internal void RequireNone(ParseResult arguments)
    {
        if (All.FirstOrDefault(option => IsGiven(arguments, option)) is { } given)
        {
            throw new InvalidInputException(
                $"{given.Name} is for comparing with a file or with test data, but a checkpoint was found: " +
                $"leave it out, or give --against something else.");
        }
    }

    /// <summary>The options of the comparison but the seed.</summary>
    /// <exception cref="InvalidInputException">A value cannot be read.</exception>
    internal AgreementOptions Read(ParseResult arguments, SentimentModelOptions device)
    {
        var run = new TensorRunnerOptions
        {
            Device = device.Device,
            AllowTf32 = device.AllowTf32,
            ExecutionProviderLibrary = device.ExecutionProviderLibrary,
            Optimization = arguments.GetValue(_optimization) ?? GraphOptimization.All,
        };
        return new AgreementOptions
        {
            InputFolder = arguments.GetValue(_folder),
            Inputs = [.. (arguments.GetValue(_rules) ?? []).Select(InputRule.Parse)],
            Sizes = SizesOf(arguments.GetValue(_sizes) ?? []),
            AbsoluteTolerance = Tolerance(arguments, _absolute),
            RelativeTolerance = Tolerance(arguments, _relative),
            Run = run,
            RunAgainst = run with
            {
                Device = arguments.GetValue(_againstDevice) is { } other ? Device.Parse(other) : run.Device,
                Optimization = arguments.GetValue(_againstOptimization) ?? run.Optimization,
            },
        };
    }

    private IEnumerable<Option> All =>
    [
        _folder, _rules, _sizes, _absolute, _relative, _optimization, _againstDevice, _againstOptimization,
    ];

    private static bool IsGiven(ParseResult arguments, Option option) =>
        arguments.GetResult(option) is { Implicit: false };

    private static Option<GraphOptimization?> Optimization(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "none|basic|extended|all",
    };

    private static double? Tolerance(ParseResult arguments, Option<double?> option) =>
        arguments.GetValue(option) is not { } value ? null
        : value >= 0 && double.IsFinite(value) ? value
        : throw new InvalidInputException(
            string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {value}, but has to be a number from 0."));

    private static Dictionary<string, long> SizesOf(IEnumerable<string> texts) =>
        texts.Select(SizeOf).GroupBy(size => size.Name).ToDictionary(group => group.Key, group => group.Count() == 1
            ? group.Single().Size
            : throw new InvalidInputException(
                $"--size names '{group.Key}' {group.Count()} times; a dimension has one size: give it once."));

    private static (string Name, long Size) SizeOf(string text) =>
        text.LastIndexOf('=') is > 0 and var split
        && long.TryParse(text[(split + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? (text[..split], size)
            : throw new InvalidInputException($"--size is '{text}', but has to be name=number, as in batch=4.");
}
