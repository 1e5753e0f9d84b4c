using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>
/// Runs a graph with every value visible whose type it declares, and compares types and shapes with what ONNX Runtime
/// returns. Thread-safe, but for the disposal.
/// </summary>
public sealed class DeclaredCheck : IDisposable
{
    private readonly DeclaredTypes _declared;
    private readonly TensorRunner _runner;

    /// <summary>Loads the graph.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <exception cref="Core.InvalidInputException">ONNX Runtime refuses it, or is not there.</exception>
    public DeclaredCheck(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _declared = new(model.Graph);
        _runner = new(ModelFile.ToBytes(WithDeclaredValues(model)));
    }

    /// <summary>The first value that is not what is declared of it, or null where none is.</summary>
    /// <param name="inputs">A tensor for each of the graph's inputs.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot compute the graph on these inputs.</exception>
    public DeclaredDifference? FirstDifference(IReadOnlyList<NamedTensor> inputs) =>
        _declared.FirstDifference(_runner.Describe(inputs), _declared.SizesOf(inputs));

    /// <summary>Frees the native memory.</summary>
    public void Dispose() => _runner.Dispose();

    // In the order in which they are computed, so that the first difference is where the others come from.
    private static ModelProto WithDeclaredValues(ModelProto model)
    {
        var all = model.Clone();
        var declared = all.Graph.ValueInfo.Concat(all.Graph.Output)
            .DistinctBy(info => info.Name).ToDictionary(info => info.Name, StringComparer.Ordinal);
        var computed = all.Graph.Node.SelectMany(node => node.Output)
            .Where(declared.ContainsKey).Select(value => declared[value].Clone()).ToList();
        var names = computed.Select(info => info.Name).ToHashSet(StringComparer.Ordinal);
        var others = all.Graph.Output.Where(output => !names.Contains(output.Name)).ToList();
        all.Graph.Output.Clear();
        all.Graph.Output.AddRange([.. computed, .. others]);
        return all;
    }
}
