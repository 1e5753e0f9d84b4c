using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;
using TorchSharp.Modules;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Runs a module and its graph on the same inputs, at several sizes of the named dimensions, and compares.
/// </summary>
internal sealed class ModuleVerifier
{
    private readonly ExportedModule _exported;
    private readonly Tolerance _tolerance;
    private readonly int _seed;
    private readonly InputSampler _sampler;
    private readonly ModuleRunner _runner;
    private readonly SteadinessCheck _steadiness;
    private OnnxExportException? _refusal;
    private string? _nothing;

    private ModuleVerifier(ExportedModule exported, Tolerance tolerance, int seed)
    {
        (_exported, _tolerance, _seed) = (exported, tolerance, seed);
        (_sampler, _runner) = (new InputSampler(exported), new ModuleRunner(exported));
        _steadiness = new(exported, _runner, tolerance);
    }

    /// <summary>Compares, or says why the app does not allow it.</summary>
    /// <param name="exported">The module and its graph.</param>
    /// <param name="tolerance">How far they may differ.</param>
    /// <param name="seed">Starts the random numbers of the inputs.</param>
    /// <exception cref="OnnxMismatchException">The two differ.</exception>
    /// <exception cref="OnnxExportException">A module cannot be run, or computes something else each time.</exception>
    /// <exception cref="InvalidInputException">Inputs cannot be made, or outputs not compared.</exception>
    internal static VerificationResult Verify(ExportedModule exported, Tolerance tolerance, int seed) =>
        TensorRunner.IsAvailable(out var problem)
            ? new ModuleVerifier(exported, tolerance, seed).Compare()
            : VerificationResult.Nothing($"ONNX Runtime is not usable here: {problem.TrimEnd('.')}");

    private VerificationResult Compare()
    {
        using var check = new GraphCheck(_exported, _tolerance);

        // What the module itself returns is compared as the file's outputs.
        using var recorder = new ValueRecorder(_exported.Module);
        var done = new List<string>();
        var plans = SizePlan.For([.. _exported.Inputs.OfType<OnnxInput>()]).Index();
        foreach (var (index, sizes) in plans.TakeWhile(_ => done.Count < SizePlan.Wanted))
        {
            var place = $"{SizePlan.Describe(sizes)}, seed {_seed}";
            var trial = new Trial(_sampler.Sample(_seed + index, sizes), sizes, place);
            if (TryRunModule(trial, recorder) is { } outputs && HasNumbers(outputs, place))
            {
                Compare(check, trial, recorder, outputs);
                done.Add(SizePlan.Describe(sizes));
            }
        }

        return done.Count == 0
            ? throw (_nothing is null ? _refusal! : NothingToCompare(_nothing))
            : new(done, check.Compared, check.LargestDifference);
    }

    // It may refuse: a window that is larger than the data, for instance, has no place in it.
    private NamedTensor[]? TryRunModule(Trial trial, ValueRecorder recorder)
    {
        recorder.Clear();
        try
        {
            return _runner.Run(trial.Inputs);
        }
        catch (Exception e) when (e is not (InvalidInputException or OutOfMemoryException))
        {
            var (module, path) = recorder.Innermost;
            _refusal = ModuleErrors.Threw(
                module,
                path,
                "its forward cannot be run on inputs of the given shapes and types, at none of the sizes that were " +
                $"tried; at {trial.Place}",
                e);
            return null;
        }
    }

    private bool HasNumbers(NamedTensor[] outputs, string place)
    {
        var without = _exported.Model.Graph.Output.Zip(outputs)
            .FirstOrDefault(pair => IsNowhereFinite(pair.Second)).First;
        if (without is not null)
        {
            _nothing ??= $"the output '{without.Name}' of the module has no finite number at {place}";
        }

        return without is null;
    }

    private static bool IsNowhereFinite(NamedTensor tensor) =>
        tensor.Values.Length > 0 && !Array.Exists(tensor.ToDoubles(), double.IsFinite);

    // Some state shows in the outputs alone, other only inside, where it explains a mismatch.
    private void Compare(GraphCheck check, Trial trial, ValueRecorder recorder, NamedTensor[] outputs)
    {
        var second = RunAgain(trial, recorder);
        if (!_steadiness.Agree(outputs, second))
        {
            throw _steadiness.Diagnose(trial.Inputs) ?? _steadiness.OfRuns(outputs, second);
        }

        try
        {
            check.Compare(trial, recorder, second);
        }
        catch (OnnxMismatchException) when (_steadiness.Diagnose(trial.Inputs) is { } unsteady)
        {
            throw unsteady;
        }
        catch (OnnxMismatchException e) when (HasLstm() && LstmSelfCheck.Problem() is { } problem)
        {
            throw new OnnxMismatchException(
                e.ValueName, $"No file was written: the module and its graph differ, but {problem}.");
        }
    }

    private bool HasLstm() => new ModulePaths(_exported.Module).Modules.OfType<LSTM>().Any();

    private NamedTensor[] RunAgain(Trial trial, ValueRecorder recorder)
    {
        recorder.Clear();
        try
        {
            return _runner.Run(trial.Inputs);
        }
        catch (Exception e) when (e is not (InvalidInputException or OutOfMemoryException))
        {
            var (module, path) = recorder.Innermost;
            throw ModuleErrors.Threw(
                module,
                path,
                $"its forward runs once and fails when it is run again on the same input, at {trial.Place}",
                e);
        }
    }

    private static InvalidInputException NothingToCompare(string nothing) => new(
        $"No file was written: {nothing}, so that nothing can be compared. Are its weights numbers, and may its " +
        "inputs be any? Else switch the verification off.");
}
