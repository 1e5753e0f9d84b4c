using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>
/// Recurrent layers on top of each other, as PyTorch's modules hold them: each layer reads the states of the one below,
/// and the first and last states of all layers and directions lie in one tensor.
/// </summary>
internal static class RecurrentStack
{
    /// <summary>Adds the layers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="layers">The weights, from the lowest layer up.</param>
    /// <param name="sequences">
    /// What they read: sequences <c>[sequence, batch, input]</c>, lengths as int64, first states
    /// <c>[layers·directions, batch, hidden]</c>.
    /// </param>
    /// <returns>
    /// The states of all steps <c>[sequence, batch, directions·hidden]</c>, zero after a sequence's end; the last
    /// states and, of an LSTM, cells <c>[layers·directions, batch, hidden]</c>.
    /// </returns>
    public static RecurrentOutputs Add(
        GraphBuilder graph, string name, IReadOnlyList<RecurrentWeights> layers, RecurrentSequences sequences)
    {
        var wanted = RecurrentResult.AllStates | RecurrentResult.LastState
            | (layers[0].Cell == CellKind.Lstm ? RecurrentResult.LastCell : 0);
        var lengths = sequences.Lengths.Length == 0
            ? ""
            : graph.Cast($"{name}/lengths", sequences.Lengths, DataType.Int32);
        var outputs = new List<RecurrentOutputs>();
        var x = sequences.X;
        for (var layer = 0; layer < layers.Count; layer++)
        {
            var layerName = layers.Count == 1 ? name : $"{name}.{layer}";
            var reads = new RecurrentSequences(
                x,
                lengths,
                Of(graph, $"{layerName}/h_0", sequences.InitialState, layers, layer),
                Of(graph, $"{layerName}/c_0", sequences.InitialCell, layers, layer));
            outputs.Add(Recurrent.Add(graph, layerName, layers[layer], reads, wanted));
            x = outputs[^1].AllStates;
        }

        return new(
            lengths.Length == 0 ? x : AddZerosAfterTheEnd(graph, name, x, sequences.Lengths),
            Join(graph, $"{name}/h_n", outputs.Select(output => output.LastState)),
            Join(graph, $"{name}/c_n", outputs.Select(output => output.LastCell)));
    }

    private static string Of(
        GraphBuilder graph, string name, string all, IReadOnlyList<RecurrentWeights> layers, int layer)
    {
        var directions = layers[layer].Directions.Count;
        return all.Length == 0 || layers.Count == 1
            ? all
            : graph.Slice(name, all, axis: 0, layer * directions, (layer + 1) * directions);
    }

    private static string Join(GraphBuilder graph, string name, IEnumerable<string> values)
    {
        string[] names = [.. values];
        return names.Length == 1 || names[0].Length == 0 ? names[0] : graph.Concat(name, names, axis: 0);
    }

    // The standard does not say what a recurrent operator leaves there; PyTorch pads with zeros.
    private static string AddZerosAfterTheEnd(GraphBuilder graph, string name, string states, string lengths)
    {
        var steps = graph.RangeTo($"{name}/steps", graph.SizeOf($"{name}/step_count", states, axis: 0));
        var isInside = graph.Less($"{name}/is_inside", graph.Unsqueeze($"{name}/step_of_each_text", steps, 1), lengths);
        var mask = graph.Unsqueeze($"{name}/mask", isInside, 2);
        return graph.Where($"{name}/zero_after_the_end", mask, states, graph.Scalar(0f));
    }
}
