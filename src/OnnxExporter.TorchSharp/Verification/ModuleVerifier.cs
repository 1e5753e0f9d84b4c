using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Runs a module and its graph side by side and compares what each module of the tree returns, in the order of the graph,
/// then the outputs of the file as it is: with every value visible, ONNX Runtime fuses fewer operators.
/// </summary>
internal sealed class ModuleVerifier
{
    private readonly ExportedModule _exported;
    private readonly Tolerance _tolerance;
    private readonly int _seed;
    private readonly InputSampler _sampler;
    private readonly ModuleRunner _runner;
    private readonly ValueComparer _comparer;
    private readonly string[] _outputs;
    private readonly HashSet<string> _watchable = new(StringComparer.Ordinal);
    private double _largest;
    private int _compared;

    private ModuleVerifier(ExportedModule exported, Tolerance tolerance, int seed)
    {
        (_exported, _tolerance, _seed) = (exported, tolerance, seed);
        (_sampler, _runner) = (new InputSampler(exported), new ModuleRunner(exported));
        _comparer = new(tolerance, "the graph", "the module");
        _outputs = [.. exported.Model.Graph.Output.Select(output => output.Name)];
    }

    /// <summary>Compares, or says why the app does not allow it.</summary>
    /// <param name="exported">The module and its graph.</param>
    /// <param name="tolerance">How far they may differ.</param>
    /// <param name="seed">Starts the random numbers of the inputs.</param>
    /// <exception cref="OnnxMismatchException">The two differ.</exception>
    /// <exception cref="OnnxExportException">A module cannot be run, or computes something else each time.</exception>
    /// <exception cref="InvalidInputException">Inputs cannot be made.</exception>
    internal static VerificationResult Verify(ExportedModule exported, Tolerance tolerance, int seed) =>
        new ModuleVerifier(exported, tolerance, seed).Compare();

    private VerificationResult Compare()
    {
        using var session = Load(_exported.Model, out var reason);
        if (session is null)
        {
            return VerificationResult.Nothing(reason);
        }

        using var watched = Load(WithAllValues(), out _)!;

        // What the module itself returns is compared as the file's outputs.
        using var recorder = new ValueRecorder(_exported.Module);
        var sizes = CompareAtSizes(session, watched, recorder);
        return new(sizes, _compared, _largest);
    }

    private List<string> CompareAtSizes(OnnxRuntimeSession session, OnnxRuntimeSession watched, ValueRecorder recorder)
    {
        var done = new List<string>();
        OnnxExportException? refusal = null;
        string? nothing = null;
        var plans = SizePlan.For([.. _exported.Inputs.OfType<OnnxInput>()]).Index();
        foreach (var (index, sizes) in plans.TakeWhile(_ => done.Count < SizePlan.Wanted))
        {
            var inputs = _sampler.Sample(_seed + index, sizes);
            var place = $"{SizePlan.Describe(sizes)}, seed {_seed}";
            if (!TryRunModule(inputs, recorder, place, out var outputs, ref refusal))
            {
                continue;
            }

            RequireCount(outputs.Length);
            if (_outputs.Zip(outputs).FirstOrDefault(output => output.Second.IsNowhereFinite).First is { } name)
            {
                nothing ??= $"the output '{name}' of the module has no finite number at {place}";
                continue;
            }

            Compare(session, watched, recorder, outputs, inputs, place);
            done.Add(SizePlan.Describe(sizes));
        }

        return done.Count > 0 ? done : throw (nothing is null ? refusal! : NothingToCompare(nothing));
    }

    // Those beside the others would not be compared.
    private void RequireCount(int returned)
    {
        if (returned != _outputs.Length)
        {
            throw new OnnxMismatchException(
                "", $"No file was written: the graph has {_outputs.Length} output(s), but forward returns {returned}. {Suspicion("")}");
        }
    }

    private static InvalidInputException NothingToCompare(string nothing) => new(
        $"No file was written: {nothing}, so that nothing can be compared. Are its weights numbers, and may its inputs be any? Else switch the verification off.");

    // It may refuse: a window that is larger than the data, for instance, has no place in it.
    private bool TryRunModule(
        IReadOnlyList<GraphInput?> inputs, ValueRecorder recorder, string place, out TensorValues[] outputs, ref OnnxExportException? refusal)
    {
        recorder.Clear();
        try
        {
            outputs = _runner.Run(inputs);
            return true;
        }
        catch (Exception e) when (e is not (InvalidInputException or OutOfMemoryException))
        {
            var (module, path) = recorder.Innermost;
            refusal = ModuleErrors.Threw(module, path, $"its forward cannot be run on inputs of the given shapes and types, at none of the sizes that were tried; at {place}", e);
            outputs = [];
            return false;
        }
    }

    // After a mismatch it is time to ask whether the module itself can be relied on.
    private void Compare(
        OnnxRuntimeSession session, OnnxRuntimeSession watched, ValueRecorder recorder, TensorValues[] outputs,
        IReadOnlyList<GraphInput?> inputs, string place)
    {
        try
        {
            CompareValues(watched, recorder, inputs, place);
            CompareOutputs(session, outputs, inputs, place);
        }
        catch (OnnxMismatchException) when (SteadinessCheck.Check(_exported, _runner, inputs, _tolerance) is { } unsteady)
        {
            throw unsteady;
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
            Require(found, values, value, call.Path, what, lastGood, place);
            lastGood = what;
            _compared++;
        }
    }

    private void CompareOutputs(OnnxRuntimeSession session, TensorValues[] expected, IReadOnlyList<GraphInput?> inputs, string place)
    {
        foreach (var (name, (found, values)) in _outputs.Zip(Run(session, inputs, _outputs, place).Zip(expected)))
        {
            Require(found, values, name, "", $"the output '{name}'", "what its modules return", place);
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

    private void Require(
        TensorValues found, TensorValues expected, string value, string path, string what, string lastGood, string place)
    {
        if (_comparer.Difference(found, expected) is { } difference)
        {
            throw new OnnxMismatchException(
                value,
                "No file was written: the graph computes something else than the module. " +
                $"The first value that differs is {what}, where {difference}; before it, {lastGood} agreed. Compared at {place}. {Suspicion(path)}");
        }
    }

    // The nearest module around the difference that somebody else than this package exports.
    private string Suspicion(string path)
    {
        var call = _exported.Calls.Where(call => call.Exporter is not null && Encloses(call.Path, path)).MaxBy(call => call.Path.Length);
        return call is null
            ? "Has the module a hook? No graph has it. Else this package exports it wrongly: please report that."
            : $"Does the {call.Exporter}{(call.Path.Length == 0 ? "" : $" of '{call.Path}'")} do what forward does, in the same order?";
    }

    private static bool Encloses(string outer, string path) =>
        outer.Length == 0 || outer == path || path.StartsWith($"{outer}.", StringComparison.Ordinal);

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
