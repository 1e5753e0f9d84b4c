using System.Globalization;
using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Models;
using OnnxSentiment.OnnxExporter.Graph;
using OnnxSentiment.OnnxExporter.Proto;
using OnnxSentiment.OnnxExporter.Validation;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Checks;

/// <summary>
/// Runs a module and its graph side by side and compares what each module of the tree returns, in the order of the graph,
/// then the outputs of the file as it is: with every value visible, ONNX Runtime fuses fewer operators.
/// </summary>
internal sealed class ModuleVerifier
{
    // Below a hundredth, differences that cancel out leave the rounding of larger numbers.
    private const double SmallestScale = 1e-2;

    private readonly ExportedModule _exported;
    private readonly OnnxExportOptions _options;
    private readonly InputSampler _sampler;
    private readonly Device _device;
    private readonly string[] _outputs;
    private readonly HashSet<string> _watchable = new(StringComparer.Ordinal);
    private double _largest;
    private int _compared;

    private ModuleVerifier(ExportedModule exported, OnnxExportOptions options)
    {
        (_exported, _options, _sampler) = (exported, options, new InputSampler(exported));
        _device = exported.Module.parameters().FirstOrDefault()?.device ?? CPU;
        _outputs = [.. exported.Model.Graph.Output.Select(output => output.Name)];
    }

    /// <summary>Compares as far as the options ask and the app allows.</summary>
    /// <exception cref="OnnxMismatchException">The two differ.</exception>
    /// <exception cref="InvalidInputException">ONNX Runtime is required and missing, or inputs cannot be made.</exception>
    internal static OnnxExportReport Verify(ExportedModule exported, OnnxExportOptions options)
    {
        var report = new OnnxExportReport { Path = "", Model = ModelInspector.Describe(exported.Model) };
        return options.Verification == Verification.Off
            ? report with { WhyNotVerified = "the verification is off" }
            : new ModuleVerifier(exported, options).Compare(report);
    }

    private OnnxExportReport Compare(OnnxExportReport report)
    {
        using var session = Load(_exported.Model, out var reason);
        if (session is null)
        {
            return _options.Verification == Verification.Required
                ? throw new InvalidInputException($"The export has to be verified, but {reason}.")
                : report with { WhyNotVerified = reason };
        }

        using var watched = Load(WithAllValues(), out _)!;

        // What the module itself returns is compared as the file's outputs.
        using var recorder = new ValueRecorder(_exported.Calls.Select(call => call.Module).Where(module => module != _exported.Module));
        var sizes = CompareAtSizes(session, watched, recorder);
        return report with { VerifiedSizes = sizes, VerifiedValues = _compared, LargestDifference = _largest };
    }

    private List<string> CompareAtSizes(OnnxRuntimeSession session, OnnxRuntimeSession watched, ValueRecorder recorder)
    {
        var done = new List<string>();
        Exception? refusal = null;
        string? nothing = null;
        var plans = SizePlan.For([.. _exported.Inputs.OfType<OnnxInput>()]).Index();
        foreach (var (index, sizes) in plans.TakeWhile(_ => done.Count < SizePlan.Wanted))
        {
            var inputs = _sampler.Sample(_options.Seed + index, sizes);
            recorder.Clear();
            if (!TryRunModule(inputs, out var outputs, ref refusal))
            {
                continue;
            }

            var place = $"{SizePlan.Describe(sizes)}, seed {_options.Seed}";
            if (_outputs.Zip(outputs).FirstOrDefault(output => output.Second.IsNowhereFinite).First is { } name)
            {
                nothing ??= $"the output '{name}' of the module has no finite number at {place}";
                continue;
            }

            CompareValues(watched, recorder, inputs, place);
            CompareOutputs(session, outputs, inputs, place);
            done.Add(SizePlan.Describe(sizes));
        }

        return done.Count > 0 ? done : throw NothingCompared(nothing, refusal);
    }

    private static InvalidInputException NothingCompared(string? nothing, Exception? refusal) => nothing is null
        ? new($"The module itself cannot be run on inputs of the given shapes and types: {refusal?.Message.Split('\n')[0]}", refusal!)
        : new($"No file was written: {nothing}, so that nothing can be compared. Are its weights numbers, and may its inputs be any? Else switch the verification off.");

    // It may refuse: a window that is larger than the data, for instance, has no place in it.
    private bool TryRunModule(IReadOnlyList<GraphInput?> inputs, out TensorValues[] outputs, ref Exception? refusal)
    {
        using var scope = NewDisposeScope();
        try
        {
            var tensors = inputs.Select(input => input is null ? null : InputSampler.ToTensor(input, _device)).ToList();
            outputs = [.. ModuleRunner.Run(_exported, tensors).Select(TensorValues.Of)];
            return true;
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            (outputs, refusal) = ([], e);
            return false;
        }
    }

    private void CompareValues(OnnxRuntimeSession watched, ValueRecorder recorder, IReadOnlyList<GraphInput?> inputs, string place)
    {
        var expected = recorder.Match(_exported.Calls).Where(entry => _watchable.Contains(entry.Value)).ToList();
        var actual = Run(watched, inputs, [.. expected.Select(entry => entry.Value)], place);
        var lastGood = "the inputs";
        foreach (var ((call, value, values), found) in expected.Zip(actual))
        {
            var what = call.Path.Length == 0 ? $"the output '{value}'" : $"the output of '{call.Path}' ({TypeNames.Of(call.Module)})";
            Require(found, values, value, what, lastGood, place);
            lastGood = what;
            _compared++;
        }
    }

    private void CompareOutputs(OnnxRuntimeSession session, TensorValues[] expected, IReadOnlyList<GraphInput?> inputs, string place)
    {
        foreach (var (name, (found, values)) in _outputs.Zip(Run(session, inputs, _outputs, place).Zip(expected)))
        {
            Require(found, values, name, $"the output '{name}'", "all values of modules before it", place);
            var differences = found.Values.Zip(values.Values, (a, b) => Math.Abs(a - b)).Where(double.IsFinite);
            _largest = Math.Max(_largest, differences.DefaultIfEmpty().Max());
            _compared++;
        }
    }

    private static IReadOnlyList<TensorValues> Run(
        OnnxRuntimeSession session, IReadOnlyList<GraphInput?> inputs, IReadOnlyList<string> outputs, string place)
    {
        try
        {
            return outputs.Count == 0 ? [] : session.Run([.. inputs.OfType<GraphInput>()], outputs);
        }
        catch (OnnxRuntimeFailure e)
        {
            throw new OnnxMismatchException("", $"No file was written: ONNX Runtime cannot run the graph at {place}, where the module can: {e.Message}");
        }
    }

    private void Require(TensorValues found, TensorValues expected, string value, string what, string lastGood, string place)
    {
        var difference = (found.Shape.SequenceEqual(expected.Shape), found.Type == expected.Type) switch
        {
            (false, _) => $"its shape is [{string.Join(", ", found.Shape)}], the module's [{string.Join(", ", expected.Shape)}]",
            (_, false) => $"it is of {found.Type}, the module's of {expected.Type}",
            _ => Difference(found, expected),
        };
        if (difference is not null)
        {
            throw new OnnxMismatchException(
                value,
                "No file was written: the graph computes something else than the module. " +
                $"The first value that differs is {what}, where {difference}; before it, {lastGood} agreed. Compared at {place}. " +
                $"Does {nameof(IOnnxExportable.Export)} do what forward does, in the same order?");
        }
    }

    private string? Difference(TensorValues found, TensorValues expected)
    {
        // Small outputs need a small tolerance: in the default one, those of a whole module would vanish.
        var absolute = _options.Tolerance.Absolute * Math.Clamp(expected.Largest, SmallestScale, 1);
        var tolerance = expected.IsExact ? new(0, 0) : _options.Tolerance with { Absolute = absolute };
        var rejected = Enumerable.Range(0, found.Values.Length)
            .Where(i => !IsAccepted(found.Values[i], expected.Values[i], tolerance)).ToList();
        if (rejected.Count == 0)
        {
            return null;
        }

        var worst = rejected.MaxBy(i => Math.Abs(found.Values[i] - expected.Values[i]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rejected.Count} of {found.Values.Length} numbers differ, most at {found.PlaceOf(worst)}: " +
            $"{found.Values[worst]:g6} in the graph, {expected.Values[worst]:g6} in the module");
    }

    // Where a window of MaxPool lies in the padding alone, libtorch gives -∞, and ONNX Runtime the lowest number.
    private static bool IsAccepted(double found, double expected, Tolerance tolerance) =>
        found.Equals(expected) || tolerance.Accepts(found, expected)
        || (found == float.MinValue && double.IsNegativeInfinity(expected));

    // A module that does nothing gives back an input, which no graph lists as an output.
    private ModelProto WithAllValues()
    {
        var model = _exported.Model.Clone();
        var computed = model.Graph.ValueInfo.ToDictionary(info => info.Name, StringComparer.Ordinal);
        _watchable.UnionWith(_outputs);
        foreach (var value in _exported.Calls.SelectMany(call => call.Outputs))
        {
            if (computed.TryGetValue(value, out var info) && _watchable.Add(value))
            {
                model.Graph.Output.Add(info.Clone());
            }
        }

        return model;
    }

    private static OnnxRuntimeSession? Load(ModelProto model, out string reason)
    {
        try
        {
            return OnnxRuntimeSession.TryCreate(model, out reason);
        }
        catch (OnnxRuntimeFailure e)
        {
            throw new OnnxMismatchException("", $"No file was written: ONNX Runtime refuses the graph: {e.Message}");
        }
    }
}
