using OnnxSentiment.Onnx;
using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Runs a module twice on the same inputs. Where it computes something else the second time, no graph can do what it
/// does, and its export is not to blame for a mismatch.
/// </summary>
internal static class SteadinessCheck
{
    /// <summary>What is wrong with the module that is not steady, or null where all are.</summary>
    /// <param name="exported">The module.</param>
    /// <param name="runner">Runs it.</param>
    /// <param name="inputs">What it is run on.</param>
    /// <param name="tolerance">How far the two runs may differ.</param>
    internal static OnnxExportException? Check(
        ExportedModule exported, ModuleRunner runner, IReadOnlyList<NamedTensor?> inputs, Tolerance tolerance)
    {
        var comparer = new TensorComparer(tolerance, "one run", "the next");
        var (first, second) = (Runs(exported, runner, inputs), Runs(exported, runner, inputs));
        foreach (var (one, next) in first.Zip(second))
        {
            // One that is given something else may well return something else: its caller is to blame, and ends later.
            if (Difference(comparer, one.Inputs, next.Inputs) is null
                && Difference(comparer, one.Outputs, next.Outputs) is { } difference)
            {
                return NotSteady(one, difference);
            }
        }

        return null;
    }

    // In the order in which they end: the module itself is the last.
    private static IReadOnlyList<ModuleRun> Runs(
        ExportedModule exported, ModuleRunner runner, IReadOnlyList<NamedTensor?> inputs)
    {
        using var recorder = new ValueRecorder(exported.Module) { NotesInputs = true };
        var outputs = runner.Run(inputs);
        return [.. recorder.Runs, new(exported.Module, "", [], outputs)];
    }

    private static string? Difference(
        TensorComparer comparer, IReadOnlyList<NamedTensor?> one, IReadOnlyList<NamedTensor?> next) =>
        one.Zip(next, (a, b) => a is null || b is null ? null : comparer.Compare(a, b).Difference)
            .FirstOrDefault(difference => difference is not null);

    private static OnnxExportException NotSteady(ModuleRun run, string difference) => ModuleErrors.Wrong(
        run.Module,
        run.Path,
        "its forward is not deterministic, but a graph computes the same each time. " +
        $"Of two runs on the same input, {difference}. Let it draw random numbers in training alone: " +
        "functional.dropout, for instance, is given the module's own 'training'");
}
