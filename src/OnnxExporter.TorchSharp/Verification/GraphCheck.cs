using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Requires of a graph what its module returns: of each module of the tree, in the order of the graph, then the outputs
/// of the file as it is, because ONNX Runtime fuses fewer operators where every value is visible.
/// </summary>
internal sealed class GraphCheck : IDisposable
{
    private readonly ExportedModule _exported;
    private readonly TensorComparer _comparer;
    private readonly TensorComparer _repetition;
    private readonly DeclaredCheck _declared;
    private readonly string[] _outputs;
    private readonly HashSet<string> _watchable = new(StringComparer.Ordinal);
    private readonly GraphRunner _graph;
    private readonly GraphRunner _watched;

    /// <summary>Loads the graph twice: as it is, and with the outputs of all modules visible.</summary>
    /// <exception cref="OnnxMismatchException">ONNX Runtime refuses the graph.</exception>
    internal GraphCheck(ExportedModule exported, Tolerance tolerance)
    {
        _exported = exported;
        _comparer = new(tolerance, "the graph", "the module");
        _repetition = new(tolerance, "one run", "the next");
        _outputs = [.. exported.Model.Graph.Output.Select(output => output.Name)];
        _graph = new(exported.Model);
        _watched = new(WithAllValues());
        _declared = new(exported.Model);
    }

    /// <summary>How many values were compared.</summary>
    internal int Compared { get; private set; }

    /// <summary>The largest difference of an output.</summary>
    internal double LargestDifference { get; private set; }

    /// <summary>Compares what the graph computes with what the module did.</summary>
    /// <param name="trial">What the module was run on.</param>
    /// <param name="inside">What the modules below it returned.</param>
    /// <param name="returned">What it returned itself.</param>
    /// <exception cref="OnnxMismatchException">The graph computes or declares something else.</exception>
    internal void Compare(Trial trial, ValueRecorder inside, IReadOnlyList<NamedTensor> returned)
    {
        if (returned.Count != _outputs.Length)
        {
            throw new OnnxMismatchException(
                "",
                $"No file was written: the graph has {_outputs.Length} output(s), " +
                $"but forward returns {returned.Count}. {Suspicion("")}");
        }

        CompareInside(trial, inside);
        CompareOutputs(trial, returned);
        RequireDeclared(trial);
    }

    public void Dispose()
    {
        _graph.Dispose();
        _watched.Dispose();
        _declared.Dispose();
    }

    private void CompareInside(Trial trial, ValueRecorder inside)
    {
        var expected = inside.Match(_exported.Calls).Where(entry => _watchable.Contains(entry.Value)).ToList();
        if (expected.Count == 0)
        {
            return;
        }

        var actual = _watched.Run(trial.Inputs, [.. expected.Select(entry => entry.Value)], trial.Place);
        var lastGood = "the inputs";
        foreach (var ((call, value, values), found) in expected.Zip(actual))
        {
            var what = call.Path.Length == 0
                ? $"the output '{value}'"
                : $"the output of '{call.Path}' ({TypeNames.Of(call.Module)})";
            Require(_comparer.Compare(found, values), value, call.Path, what, lastGood, trial);
            lastGood = what;
        }
    }

    private void CompareOutputs(Trial trial, IReadOnlyList<NamedTensor> returned)
    {
        var values = _graph.Run(trial.Inputs, _outputs, trial.Place);
        foreach (var (found, expected) in values.Zip(returned))
        {
            var (comparison, what) = (_comparer.Compare(found, expected), $"the output '{found.Name}'");
            Require(comparison, found.Name, "", what, "what its modules return", trial);
            LargestDifference = Math.Max(LargestDifference, comparison.LargestAbsolute);
        }

        RequireSame(values, _graph.Run(trial.Inputs, _outputs, trial.Place), trial);
    }

    private void RequireSame(IReadOnlyList<NamedTensor> first, IReadOnlyList<NamedTensor> second, Trial trial)
    {
        foreach (var (one, next) in first.Zip(second))
        {
            if (_repetition.Compare(one, next).Difference is { } difference)
            {
                throw new OnnxMismatchException(
                    one.Name,
                    $"No file was written: of two runs of the graph on the same input, {difference} of the output " +
                    $"'{one.Name}'. Does an operator draw random numbers? Compared at {trial.Place}.");
            }
        }
    }

    private void Require(
        TensorComparison comparison, string value, string path, string what, string lastGood, Trial trial)
    {
        Compared++;
        if (comparison.Difference is { } difference)
        {
            throw new OnnxMismatchException(
                value,
                "No file was written: the graph computes something else than the module. " +
                $"The first value that differs is {what}, where {difference}; before it, {lastGood} agreed. " +
                $"Compared at {trial.Place}. {Suspicion(path)}{Remedy(comparison)}");
        }
    }

    private void RequireDeclared(Trial trial)
    {
        if (_declared.FirstDifference([.. trial.Inputs.OfType<NamedTensor>()]) is { } difference)
        {
            throw new OnnxMismatchException(
                difference.Value,
                $"No file was written: {WhatIs(difference.Value)} is {difference.Description} at {trial.Place}. " +
                "This package infers the shape of an operator wrongly: please report that.");
        }
    }

    private string WhatIs(string value)
    {
        var call = _exported.Calls.FirstOrDefault(call => call.Path.Length > 0 && call.Outputs.Contains(value));
        return call is not null ? $"the output of '{call.Path}' ({TypeNames.Of(call.Module)})"
            : _outputs.Contains(value) ? $"the output '{value}'" : $"the value '{value}'";
    }

    // The nearest module around the difference that somebody else than this package exports.
    private string Suspicion(string path)
    {
        var call = _exported.Calls.Where(call => call.Exporter is not null && Encloses(call.Path, path))
            .MaxBy(call => call.Path.Length);
        if (call is null)
        {
            return "Has the module a hook? No graph has it. Else this package exports it wrongly: please report that.";
        }

        var owner = call.Path.Length == 0 ? "" : $" of '{call.Path}'";
        return $"Does the {call.Exporter}{owner} do what forward does, in the same order?";
    }

    private static string Remedy(TensorComparison comparison) => comparison.IsBeyondTolerance
        ? " If this is rounding, allow more by OnnxExportOptions.Tolerance."
        : "";

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
}
