using OnnxSentiment.Onnx;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>One call of a module, copied.</summary>
/// <param name="Module">The module.</param>
/// <param name="Path">Where it stands in the tree.</param>
/// <param name="Inputs">What it was given, where that is noted.</param>
/// <param name="Outputs">What it returned; null for what cannot be compared.</param>
internal sealed record ModuleRun(
    nn.Module Module, string Path, IReadOnlyList<NamedTensor?> Inputs, IReadOnlyList<NamedTensor?> Outputs);

/// <summary>
/// Notes what the modules below another return while that runs, until it is disposed. One whose signature is not known
/// here is passed over: what follows it is compared all the same.
/// </summary>
internal sealed class ValueRecorder : IDisposable
{
    private readonly ModulePaths _paths;
    private readonly List<ModuleRun> _runs = [];
    private readonly Stack<nn.Module> _running = [];
    private readonly List<Action> _removals = [];

    internal ValueRecorder(nn.Module root)
    {
        _paths = new(root);
        foreach (var module in _paths.Modules.Where(module => module != root))
        {
            Watch(module);
        }

        _running.Push(root);
    }

    /// <summary>Whether inputs are noted too.</summary>
    internal bool NotesInputs { get; init; }

    /// <summary>The calls in the order in which they ended: a module's after those of its children.</summary>
    internal IReadOnlyList<ModuleRun> Runs => _runs;

    /// <summary>The module that was begun last and has not ended: the one that threw, after an exception.</summary>
    internal (nn.Module Module, string Path) Innermost => (_running.Peek(), _paths.Of(_running.Peek(), ""));

    /// <summary>Forgets what was noted.</summary>
    internal void Clear()
    {
        _runs.Clear();
        while (_running.Count > 1)
        {
            _running.Pop();
        }
    }

    /// <summary>
    /// The outputs of each call whose outputs were noted, beside the values of the graph that hold them.
    /// </summary>
    internal IEnumerable<(ExportedCall Call, string Value, NamedTensor Expected)> Match(
        IReadOnlyList<ExportedCall> calls)
    {
        var runs = _runs.ToLookup<ModuleRun, nn.Module>(run => run.Module, ReferenceEqualityComparer.Instance);
        var applications = calls.ToLookup<ExportedCall, nn.Module>(
            call => call.Module, ReferenceEqualityComparer.Instance);
        var seen = new Dictionary<nn.Module, int>(ReferenceEqualityComparer.Instance);
        foreach (var call in calls)
        {
            var application = seen[call.Module] = seen.GetValueOrDefault(call.Module) + 1;
            if (runs[call.Module].Count() != applications[call.Module].Count())
            {
                continue;
            }

            foreach (var (value, expected) in call.Outputs.Zip(runs[call.Module].ElementAt(application - 1).Outputs))
            {
                if (expected is not null)
                {
                    yield return (call, value, expected);
                }
            }
        }
    }

    public void Dispose() => _removals.ForEach(remove => remove());

    private void Watch(nn.Module module)
    {
        switch (module)
        {
            case nn.Module<Tensor, Tensor> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, x, y) => End(m, y, [x], y)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, a, b, y) => End(m, y, [a, b], y)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor, Tensor> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, a, b, c, y) => End(m, y, [a, b, c], y)).remove);
                break;
            case nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, x, states, y) =>
                        End(m, y, [x, states?.Item1, states?.Item2], y.Item1, y.Item2, y.Item3)).remove);
                break;
            case nn.Module<Tensor, Tensor, (Tensor, Tensor)> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, a, b, y) => End(m, y, [a, b], y.Item1, y.Item2)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor, Tensor, bool, Tensor, Tuple<Tensor, Tensor>> m:
                Watch(
                    m.register_forward_pre_hook(Begin).remove,
                    m.register_forward_hook((_, a, b, c, d, _, e, y) =>
                        End(m, y, [a, b, c, d, e], y.Item1, y.Item2)).remove);
                break;
        }
    }

    private void Watch(params ReadOnlySpan<Action> removals) => _removals.AddRange(removals);

    private void Begin(nn.Module module) => _running.Push(module);

    private T End<T>(nn.Module module, T result, ReadOnlySpan<Tensor?> inputs, params ReadOnlySpan<Tensor?> outputs)
    {
        // One that threw, and whose exception was caught in forward, did not end.
        while (_running.Pop() != module)
        {
        }

        _runs.Add(new(module, _paths.Of(module, ""), NotesInputs ? Copy(inputs) : [], Copy(outputs)));
        return result;
    }

    // Copied at once: what follows may work in place.
    private static List<NamedTensor?> Copy(ReadOnlySpan<Tensor?> tensors)
    {
        var values = new List<NamedTensor?>();
        foreach (var tensor in tensors)
        {
            if (tensor is not null)
            {
                values.Add(TensorData.ToNamed("", tensor));
            }
        }

        return values;
    }
}
