using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>The inputs of a recurrent operator, by name, in the standard's layout; empty where one is left out.</summary>
/// <param name="X">The sequences, time first: <c>[sequence, batch, input]</c>.</param>
/// <param name="W">Input weights <c>[directions, gates·hidden, input]</c>.</param>
/// <param name="R">Recurrent weights <c>[directions, gates·hidden, hidden]</c>.</param>
/// <param name="B">Both biases side by side <c>[directions, 2·gates·hidden]</c>; zero where left out.</param>
/// <param name="SequenceLengths">Steps of each text, int32 <c>[batch]</c>; all where left out.</param>
/// <param name="InitialState">The first states <c>[directions, batch, hidden]</c>; zero where left out.</param>
/// <param name="InitialCell">Of an LSTM the first cells, in the same shape.</param>
public sealed record RecurrentInputs(
    string X, string W, string R, string B, string SequenceLengths, string InitialState = "", string InitialCell = "");

/// <summary>What a recurrent operator is asked for; what nobody reads is not even computed.</summary>
[Flags]
public enum RecurrentResult
{
    /// <summary>The states of all steps <c>[sequence, directions, batch, hidden]</c>.</summary>
    AllStates = 1,

    /// <summary>The last state of each direction <c>[directions, batch, hidden]</c>; the backward one's is at the first token.</summary>
    LastState = 2,

    /// <summary>Of an LSTM the last cell of each direction, in the same shape.</summary>
    LastCell = 4,
}

/// <summary>The outputs of a recurrent operator, by name; empty where one was not asked for.</summary>
/// <param name="AllStates">As <see cref="RecurrentResult.AllStates"/>.</param>
/// <param name="LastState">As <see cref="RecurrentResult.LastState"/>.</param>
/// <param name="LastCell">As <see cref="RecurrentResult.LastCell"/>.</param>
public sealed record RecurrentOutputs(string AllStates, string LastState, string LastCell);

/// <summary>The settings that all recurrent operators share.</summary>
/// <param name="HiddenSize">Components of the state of one direction.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
/// <param name="Result">Which states to return.</param>
public sealed record RecurrentSettings(int HiddenSize, bool Bidirectional, RecurrentResult Result);

/// <content>
/// The recurrent operators. Initial states that are zero are better left out: zero is their default, and stored ones would
/// fix the batch.
/// </content>
public static partial class GraphExtensions
{
    /// <summary>Long short-term memory; gates stacked as input, output, forget, cell.</summary>
    public static RecurrentOutputs Lstm(this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
        AddRecurrent(graph, name, Operators.Lstm, inputs, settings, []);

    /// <summary>
    /// Gated recurrent unit; gates stacked as update, reset, new. The reset gate acts after the recurrent product, as in
    /// PyTorch.
    /// </summary>
    public static RecurrentOutputs Gru(this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
        AddRecurrent(graph, name, Operators.Gru, inputs, settings, [Attributes.Int("linear_before_reset", 1)]);

    /// <summary>Elman's network.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="activation"><c>Tanh</c> or <c>Relu</c>.</param>
    public static RecurrentOutputs Rnn(
        this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings, string activation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var activations = Enumerable.Repeat(activation, settings.Bidirectional ? 2 : 1);
        return AddRecurrent(graph, name, Operators.Rnn, inputs, settings, [Attributes.Texts("activations", activations)]);
    }

    private static RecurrentOutputs AddRecurrent(
        GraphBuilder graph, string name, string op, RecurrentInputs inputs, RecurrentSettings settings, AttributeProto[] special)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(settings);
        var (states, state, cell) = (
            NameIf(RecurrentResult.AllStates, $"{name}/Y"),
            NameIf(RecurrentResult.LastState, $"{name}/Y_h"),
            NameIf(RecurrentResult.LastCell, $"{name}/Y_c"));
        graph.Add(
            name, op,
            WithoutTrailingGaps(inputs.X, inputs.W, inputs.R, inputs.B, inputs.SequenceLengths, inputs.InitialState, inputs.InitialCell),
            WithoutTrailingGaps(states, state, cell),
            [
                Attributes.Text("direction", settings.Bidirectional ? "bidirectional" : "forward"),
                Attributes.Int("hidden_size", settings.HiddenSize),
                .. special,
            ]);
        return new(states, state, cell);

        string NameIf(RecurrentResult result, string output) => settings.Result.HasFlag(result) ? output : "";
    }

    private static string[] WithoutTrailingGaps(params ReadOnlySpan<string> names)
    {
        var count = names.Length;
        while (count > 0 && names[count - 1].Length == 0)
        {
            count--;
        }

        return names[..count].ToArray();
    }
}
