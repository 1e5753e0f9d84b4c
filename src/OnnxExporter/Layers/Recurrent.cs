using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>What a recurrent layer reads, by name; empty where something is left out.</summary>
/// <param name="X">The sequences <c>[sequence, batch, input]</c>.</param>
/// <param name="Lengths">Steps of each sequence, int32 <c>[batch]</c>; all where left out.</param>
/// <param name="InitialState">The first states <c>[directions, batch, hidden]</c>; zero where left out.</param>
/// <param name="InitialCell">Of an LSTM the first cells, in the same shape.</param>
internal sealed record RecurrentSequences(
    string X, string Lengths = "", string InitialState = "", string InitialCell = "");

/// <summary>
/// One layer of RNN, GRU or LSTM in one or two directions. The operator is told each text's length, so that states
/// after a text's end neither reach the last state nor the backward direction.
/// </summary>
internal static class Recurrent
{
    /// <summary>Adds a layer whose states at all steps are wanted.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">The sequences <c>[sequence, batch, input]</c>.</param>
    /// <param name="lengths">Steps of each text, int32 <c>[batch]</c>.</param>
    /// <returns>
    /// The states <c>[sequence, batch, directions·hidden]</c>, what follows a text's end is undefined.
    /// </returns>
    public static string AddAllStates(
        GraphBuilder graph, string name, RecurrentWeights weights, string x, string lengths) =>
        Add(graph, name, weights, new RecurrentSequences(x, lengths), RecurrentResult.AllStates).AllStates;

    /// <summary>Adds a layer of which only the last states are wanted.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">The sequences <c>[sequence, batch, input]</c>.</param>
    /// <param name="lengths">Steps of each text, int32 <c>[batch]</c>.</param>
    /// <returns>
    /// The last forward state beside the backward one at the first token <c>[batch, directions·hidden]</c>.
    /// </returns>
    public static string AddLastState(
        GraphBuilder graph, string name, RecurrentWeights weights, string x, string lengths)
    {
        var states = Add(graph, name, weights, new RecurrentSequences(x, lengths), RecurrentResult.LastState).LastState;
        var sideBySide = graph.Transpose($"{name}/directions_side_by_side", states, 1, 0, 2);
        return graph.Reshape($"{name}/last_state", sideBySide, 0, weights.OutputSize);
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="sequences">What it reads.</param>
    /// <param name="result">What is wanted of it.</param>
    /// <returns>
    /// The states of all steps with the directions side by side, <c>[sequence, batch, directions·hidden]</c>, what
    /// follows a text's end is undefined; the last states and cells as the operator gives them, <c>[directions, batch,
    /// hidden]</c>.
    /// </returns>
    public static RecurrentOutputs Add(
        GraphBuilder graph, string name, RecurrentWeights weights, RecurrentSequences sequences, RecurrentResult result)
    {
        var outputs = AddOperator(graph, name, weights, sequences, result);
        if (!result.HasFlag(RecurrentResult.AllStates))
        {
            return outputs;
        }

        var sideBySide = graph.Transpose($"{name}/directions_side_by_side", outputs.AllStates, 0, 2, 1, 3);
        return outputs with { AllStates = graph.Reshape($"{name}/states", sideBySide, 0, 0, weights.OutputSize) };
    }

    private static RecurrentOutputs AddOperator(
        GraphBuilder graph, string name, RecurrentWeights weights, RecurrentSequences sequences, RecurrentResult result)
    {
        var inputs = AddWeights(graph, name, weights, sequences);
        var settings = new RecurrentSettings(weights.HiddenSize, weights.Directions.Count == 2, result);
        return weights.Cell switch
        {
            CellKind.Lstm => graph.Lstm(name, inputs, settings),
            CellKind.Gru => graph.Gru(name, inputs, settings),
            CellKind.Rnn => graph.Rnn(
                name, inputs, settings, weights.Nonlinearity == RnnNonlinearity.Relu ? Operators.Relu : Operators.Tanh),
            _ => throw new ArgumentOutOfRangeException(nameof(weights), weights.Cell, "Unknown cell."),
        };
    }

    private static RecurrentInputs AddWeights(
        GraphBuilder graph, string name, RecurrentWeights weights, RecurrentSequences sequences)
    {
        long directions = weights.Directions.Count;
        var inputWeights = Join(weights, direction => [direction.InputWeights]);
        var recurrentWeights = Join(weights, direction => [direction.RecurrentMatrix]);
        var biases = Join(weights, direction => [direction.InputBias, direction.RecurrentBias]);
        var rows = inputWeights.Length / (directions * weights.InputSize);
        return new(
            sequences.X,
            graph.Initializer(Tensors.Float($"{name}/W", [directions, rows, weights.InputSize], inputWeights)),
            graph.Initializer(Tensors.Float($"{name}/R", [directions, rows, weights.HiddenSize], recurrentWeights)),
            biases.Length == 0 ? "" : graph.Initializer(Tensors.Float($"{name}/B", [directions, 2 * rows], biases)),
            sequences.Lengths,
            sequences.InitialState,
            sequences.InitialCell);
    }

    // ONNX stacks the directions in the first dimension and puts the input bias before the recurrent one.
    private static float[] Join(RecurrentWeights weights, Func<DirectionWeights, ReadOnlyMemory<float>[]> parts) =>
        [.. weights.Directions.SelectMany(parts).SelectMany(part => GateOrder.ToOnnx(weights.Cell, part.Span))];
}
