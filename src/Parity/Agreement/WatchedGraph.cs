using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>
/// A model whose inner values are looked at for one set of inputs: each <c>If</c> is replaced by the branch that these
/// take, because no output can show what is inside a branch.
/// </summary>
internal sealed class WatchedGraph
{
    // Branches inside branches; what is deeper stays one node.
    private const int Levels = 8;

    private readonly LoadedModel _model;
    private ModelProto _proto;

    private WatchedGraph(LoadedModel model)
    {
        (_model, _proto, Scope) = (model, model.Model, model.Scope);
    }

    internal string Name => _model.Name;

    internal GraphScope Scope { get; private set; }

    internal IReadOnlyList<string> Outputs => _model.Outputs;

    internal static WatchedGraph Of(LoadedModel model, IReadOnlyList<NamedTensor> inputs)
    {
        var watched = new WatchedGraph(model);
        for (var level = 0; level < Levels && watched.TakeBranches(inputs); level++)
        {
        }

        return watched;
    }

    /// <summary>Loads the graph with inner values as further outputs.</summary>
    internal TensorRunner Open(IEnumerable<string> values)
    {
        var model = _proto.Clone();
        var known = model.Graph.ValueInfo.ToDictionary(info => info.Name, StringComparer.Ordinal);
        model.Graph.Output.AddRange(values.Except(Outputs).Select(
            value => known.TryGetValue(value, out var info) ? info.Clone() : new ValueInfoProto { Name = value }));
        return _model.Open(ModelFile.ToBytes(model));
    }

    private bool TakeBranches(IReadOnlyList<NamedTensor> inputs)
    {
        var branches = _proto.Graph.Node.Where(node => node.OpType == "If").ToList();
        if (branches.Count == 0)
        {
            return false;
        }

        var conditions = Conditions([.. branches.Select(node => node.Input[0]).Distinct()], inputs);
        var known = branches.Where(node => conditions.ContainsKey(node.Input[0])).ToList();
        if (known.Count == 0)
        {
            return false;
        }

        _proto = BranchInlining.Inline(_proto, known.ToDictionary(node => node, node => conditions[node.Input[0]]));
        Scope = new GraphScope(_proto.Graph);
        return true;
    }

    private Dictionary<string, bool> Conditions(IReadOnlyList<string> names, IReadOnlyList<NamedTensor> inputs)
    {
        var computed = names.Where(name => Scope.ProducerOf(name) is not null).ToList();
        using var runner = Open(computed);
        var values = runner.TryRun(inputs, computed).OfType<NamedTensor>().Concat(inputs)
            .ToLookup(tensor => tensor.Name, tensor => tensor.Values);
        return (from name in names
                let value = values[name].Concat(ConstantOf(name)).FirstOrDefault()
                where value is bool[] { Length: 1 }
                select (name, ((bool[])value)[0])).ToDictionary();
    }

    private IEnumerable<Array> ConstantOf(string name) =>
        Scope.ConstantOf(name) is { } constant ? [NamedTensor.FromProto(constant).Values] : [];
}
