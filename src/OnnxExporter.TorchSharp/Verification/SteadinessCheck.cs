using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Runs a module again on the same inputs. Where it computes something else the second time, no graph can do what it
/// does: it draws random numbers, or it keeps state from call to call.
/// </summary>
/// <param name="exported">The module.</param>
/// <param name="runner">Runs it.</param>
/// <param name="tolerance">How far two runs may differ.</param>
internal sealed class SteadinessCheck(ExportedModule exported, ModuleRunner runner, Tolerance tolerance)
{
    // No tighter than between module and file: where a tensor lies in memory decides how libtorch adds it up, so that
    // two runs round differently too.
    private readonly TensorComparer _comparer = new(tolerance, "one run", "the next");

    /// <summary>Whether the outputs of two runs of the module on the same inputs are the same.</summary>
    internal bool Agree(IReadOnlyList<NamedTensor> one, IReadOnlyList<NamedTensor> next) =>
        Difference(one, next) is null;

    /// <summary>What is wrong with the module that is not steady, or null where all are.</summary>
    /// <param name="inputs">What the module is run on.</param>
    internal OnnxExportException? Diagnose(IReadOnlyList<NamedTensor?> inputs)
    {
        var generator = Generator.Default;
        using var before = generator.get_state();
        var fields = StateFields.Of(exported.Module);
        var first = Runs(inputs);
        var changed = StateFields.Of(exported.Module).ChangedSince(fields);
        using var drawn = generator.get_state();
        var second = Runs(inputs);
        if (FirstUnsteady(first, second) is not var (run, difference))
        {
            return null;
        }

        var draws = !drawn.equal(before).all().item<bool>();
        if (draws)
        {
            generator.set_state(before);
        }

        return draws && FirstUnsteady(first, Runs(inputs)) is null ? Random(run, difference) : Stateful(
            run, difference, changed);
    }

    /// <summary>
    /// What is wrong with a module of which two runs differed, though later ones agree: that only state can do.
    /// </summary>
    internal OnnxExportException OfRuns(IReadOnlyList<NamedTensor> one, IReadOnlyList<NamedTensor> next) =>
        Stateful(new(exported.Module, "", [], next), Difference(one, next)!, []);

    private (ModuleRun Run, string Difference)? FirstUnsteady(
        IReadOnlyList<ModuleRun> first, IReadOnlyList<ModuleRun> second)
    {
        foreach (var (one, next) in first.Zip(second))
        {
            // One that is given something else may well return something else: its caller is to blame, and ends later.
            if (Difference(one.Inputs, next.Inputs) is null
                && Difference(one.Outputs, next.Outputs) is { } difference)
            {
                return (one, difference);
            }
        }

        return null;
    }

    // In the order in which they end: the module itself is the last.
    private IReadOnlyList<ModuleRun> Runs(IReadOnlyList<NamedTensor?> inputs)
    {
        using var recorder = new ValueRecorder(exported.Module) { NotesInputs = true };
        var outputs = runner.Run(inputs);
        return [.. recorder.Runs, new(exported.Module, "", [], outputs)];
    }

    private string? Difference(IReadOnlyList<NamedTensor?> one, IReadOnlyList<NamedTensor?> next) =>
        one.Zip(next, (a, b) => a is null || b is null ? null : _comparer.Compare(a, b).Difference)
            .FirstOrDefault(difference => difference is not null);

    private static OnnxExportException Random(ModuleRun run, string difference) => ModuleErrors.Wrong(
        run.Module,
        run.Path,
        "its forward is not deterministic, but a graph computes the same each time. " +
        $"Of two runs on the same input, {difference}. Let it draw random numbers in training alone: " +
        "functional.dropout, for instance, is given the module's own 'training'");

    private static OnnxExportException Stateful(
        ModuleRun run, string difference, IReadOnlyList<string> changed)
    {
        var (what, where) = changed.Count > 0
            ? ("keeps state", $" What changed in a call: {string.Join(", ", changed.Select(name => $"'{name}'"))}.")
            : ("keeps state, or draws random numbers of its own,", "");
        return ModuleErrors.Wrong(
            run.Module,
            run.Path,
            $"its forward {what} from call to call, but a graph computes the same each time. " +
            $"Of two runs on the same input, {difference}.{where} Give states as inputs and outputs: let forward " +
            "take the state before and return the one after, as LSTM does with h_0, c_0 and h_n, c_n");
    }
}
