using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Checks;

/// <summary>
/// Notes what modules return while they run, until it is disposed. A module whose signature is not known here is passed
/// over: what follows it is compared all the same.
/// </summary>
internal sealed class ValueRecorder : IDisposable
{
    private readonly Dictionary<nn.Module, List<TensorValues[]>> _records = new(ReferenceEqualityComparer.Instance);
    private readonly List<Action> _removals = [];

    internal ValueRecorder(IEnumerable<nn.Module> modules)
    {
        foreach (var module in modules.Distinct<nn.Module>(ReferenceEqualityComparer.Instance))
        {
            _records[module] = [];
            Watch(module);
        }
    }

    /// <summary>Forgets what was noted.</summary>
    internal void Clear()
    {
        foreach (var record in _records.Values)
        {
            record.Clear();
        }
    }

    /// <summary>The outputs of each call whose outputs were noted, beside the values of the graph that hold them.</summary>
    internal IEnumerable<(ExportedCall Call, string Value, TensorValues Expected)> Match(IReadOnlyList<ExportedCall> calls)
    {
        var applications = calls.GroupBy(call => call.Module, ReferenceEqualityComparer.Instance)
            .ToDictionary(group => group.Key!, group => group.Count(), ReferenceEqualityComparer.Instance);
        var seen = new Dictionary<nn.Module, int>(ReferenceEqualityComparer.Instance);
        foreach (var call in calls)
        {
            var application = seen[call.Module] = seen.GetValueOrDefault(call.Module) + 1;
            var record = _records.GetValueOrDefault(call.Module) ?? [];
            if (record.Count == applications[call.Module])
            {
                foreach (var (value, expected) in call.Outputs.Zip(record[application - 1]))
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
                _removals.Add(m.register_forward_hook((_, _, y) => Note(m, y, y)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor> m:
                _removals.Add(m.register_forward_hook((_, _, _, y) => Note(m, y, y)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor, Tensor> m:
                _removals.Add(m.register_forward_hook((_, _, _, _, y) => Note(m, y, y)).remove);
                break;
            case nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)> m:
                _removals.Add(m.register_forward_hook((_, _, _, y) => Note(m, y, y.Item1, y.Item2, y.Item3)).remove);
                break;
            case nn.Module<Tensor, Tensor, (Tensor, Tensor)> m:
                _removals.Add(m.register_forward_hook((_, _, _, y) => Note(m, y, y.Item1, y.Item2)).remove);
                break;
            case nn.Module<Tensor, Tensor, Tensor, Tensor, bool, Tensor, Tuple<Tensor, Tensor>> m:
                _removals.Add(m.register_forward_hook((_, _, _, _, _, _, _, y) => Note(m, y, y.Item1, y.Item2)).remove);
                break;
        }
    }

    // Copied at once: what follows may work in place.
    private T Note<T>(nn.Module module, T result, params ReadOnlySpan<Tensor?> outputs)
    {
        var values = new List<TensorValues>();
        foreach (var output in outputs)
        {
            if (output is not null)
            {
                values.Add(TensorValues.Of(output));
            }
        }

        _records[module].Add([.. values]);
        return result;
    }
}
