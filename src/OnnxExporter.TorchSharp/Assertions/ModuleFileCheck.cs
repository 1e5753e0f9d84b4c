using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Compares what an ONNX file computes with what a module computes now.</summary>
internal sealed class ModuleFileCheck : IDisposable
{
    private readonly ExportedModule _pair;
    private readonly ModuleAssertOptions _options;
    private readonly ModuleRunner _module;
    private readonly TensorRunner _file;
    private readonly DeclaredTypes _declared;
    private readonly TensorComparer _comparer;
    private readonly TensorComparer _repetition;
    private readonly List<CheckResult> _checks = [];

    private ModuleFileCheck(
        nn.Module module, string path, ModuleAssertOptions options, IReadOnlyList<OnnxInput>? inputs)
    {
        var model = ModelFile.Read(path);
        inputs ??= FileInputs.Of(model.Graph, path);
        var converter = new ConverterTable(BuiltInConverters.All, []).BuiltInFor(module);
        _pair = new(module, converter, ModuleGraph.InPorts(converter, inputs), model, []);
        (_options, _module) = (options, new(_pair, "wrap it in a module whose forward does"));
        _file = new(
            ModelFile.ToBytes(model), new() { ExternalDataFolder = Path.GetDirectoryName(Path.GetFullPath(path)) });
        _declared = new(model.Graph);
        _comparer = new(options.Tolerance, "the file", "the module");
        _repetition = new(options.Tolerance, "its second run", "the first");
    }

    /// <summary>Compares at several sizes of the named dimensions.</summary>
    internal static CheckReport OnRandomInputs(
        nn.Module module, string path, ModuleAssertOptions options, IReadOnlyList<OnnxInput> inputs) =>
        Check(module, path, options, inputs.Count == 0 ? null : inputs, check => check.RunRandom());

    /// <summary>Compares on tensors of the caller.</summary>
    internal static CheckReport OnGivenInputs(
        nn.Module module, string path, ModuleAssertOptions options, IReadOnlyList<Tensor> inputs) =>
        Check(module, path, options, null, check => check.RunGiven(inputs, path));

    public void Dispose() => _file.Dispose();

    private static CheckReport Check(
        nn.Module module, string path, ModuleAssertOptions options, IReadOnlyList<OnnxInput>? inputs,
        Action<ModuleFileCheck> run)
    {
        var paths = new ModulePaths(module);
        DisposedCheck.Check(paths);
        using var evaluation = new EvaluationMode(module, paths);
        using var withoutGradients = no_grad();
        using var held = new TensorHold();
        using var check = new ModuleFileCheck(module, path, options, inputs);
        run(check);
        return new()
        {
            Command = nameof(ModuleOnnxAssertions.AssertOnnx),
            Subject = path,
            Against = $"the module {TypeNames.Of(module)}",
            Checks = check._checks,
        };
    }

    private void RunRandom()
    {
        var sampler = new InputSampler(_pair, "give AssertOnnx tensors of your own");
        var plans = SizePlan.For([.. _pair.Inputs.OfType<OnnxInput>()]).Index();
        var done = 0;
        foreach (var (index, sizes) in plans)
        {
            var group = $"{SizePlan.Describe(sizes)}, seed {_options.Seed}";
            done += Run(sampler.Sample(_options.Seed + index, sizes), group) ? 1 : 0;
            if (done == SizePlan.Wanted)
            {
                return;
            }
        }
    }

    private void RunGiven(IReadOnlyList<Tensor> tensors, string path)
    {
        var inputs = _pair.Inputs.OfType<OnnxInput>().ToList();
        if (tensors.Count != inputs.Count)
        {
            throw new InvalidInputException(
                $"{tensors.Count} tensor(s) were given, but '{path}' has the inputs " +
                $"{string.Join(", ", inputs.Select(input => input.Name))}: " +
                "give one for each, in the order of forward.");
        }

        var next = new Queue<Tensor>(tensors);
        NamedTensor?[] named =
            [.. _pair.Inputs.Select(input => input is null ? null : Named(next.Dequeue(), input))];
        Run(named, "the given inputs");
    }

    private static NamedTensor Named(Tensor tensor, OnnxInput input) =>
        TensorData.ToNamed(input.Name, tensor) ?? throw new InvalidInputException(
            $"The tensor for '{input.Name}' is of {tensor.dtype}, " +
            "but Float32, Float64, Int64, Int32 or Bool was expected.");

    // Whether the two were compared. A size at which the module itself fails is no place to compare at.
    private bool Run(IReadOnlyList<NamedTensor?> inputs, string group)
    {
        NamedTensor[] expected;
        try
        {
            expected = _module.Run(inputs);
        }
        catch (Exception e) when (e is not (InvalidInputException or OutOfMemoryException))
        {
            Add(group, "forward", CheckOutcome.Skipped, $"the module itself fails here: {e.Message.Split('\n')[0]}");
            return false;
        }

        if (RunFile(inputs, group) is { } found)
        {
            CompareOutputs(found, expected, _declared.SizesOf([.. inputs.OfType<NamedTensor>()]), group);
            CompareRuns(expected, inputs, group);
        }

        return true;
    }

    // A module that keeps a state agrees with a file in its first run alone.
    private void CompareRuns(NamedTensor[] first, IReadOnlyList<NamedTensor?> inputs, string group)
    {
        var second = _module.Run(inputs);
        var difference = second.Zip(first, (next, one) => _repetition.Compare(next, one).Difference)
            .FirstOrDefault(difference => difference is not null);
        if (difference is not null)
        {
            Add(
                group, "second run", CheckOutcome.Failed,
                $"the module computes something else when it is run again on the same inputs: {difference}");
        }
    }

    private IReadOnlyList<NamedTensor>? RunFile(IReadOnlyList<NamedTensor?> inputs, string group)
    {
        try
        {
            return _file.Run([.. inputs.OfType<NamedTensor>()]);
        }
        catch (InvalidOperationException e)
        {
            Add(group, "run", CheckOutcome.Failed, $"the module runs, but the file does not. {e.Message}");
            return null;
        }
        catch (NotSupportedException e)
        {
            throw new InvalidInputException(e.Message, e);
        }
    }

    private void CompareOutputs(
        IReadOnlyList<NamedTensor> found, NamedTensor[] expected, IReadOnlyDictionary<string, long> sizes, string group)
    {
        if (found.Count != expected.Length)
        {
            Add(
                group, "outputs", CheckOutcome.Failed,
                $"the file has {found.Count} output(s), but forward returns {expected.Length}");
            return;
        }

        foreach (var (actual, right) in found.Zip(expected))
        {
            var comparison = _comparer.Compare(actual, right);
            var difference = comparison.Difference
                ?? _declared.FirstDifference([TensorInfo.Of(actual)], sizes)?.Description;
            _checks.Add(new()
            {
                Group = group,
                Name = actual.Name,
                Outcome = difference is null ? CheckOutcome.Passed : CheckOutcome.Failed,
                Message = difference ?? "",
                Details = comparison.Difference is null ? "" : StaleWeights.Describe(_pair),
                Measurements = [new("largest absolute difference", comparison.LargestAbsolute)],
            });
        }
    }

    private void Add(string group, string name, CheckOutcome outcome, string message) =>
        _checks.Add(new() { Group = group, Name = name, Outcome = outcome, Message = message });
}
