using OnnxSentiment.OnnxExporter.Proto;

namespace OnnxSentiment.OnnxExporter.Graph;

/// <summary>The inputs of a recurrent operator, by name, in the standard's layout.</summary>
/// <param name="X">The sequences, time first: <c>[sequence, batch, input]</c>.</param>
/// <param name="W">Input weights <c>[directions, gates·hidden, input]</c>.</param>
/// <param name="R">Recurrent weights <c>[directions, gates·hidden, hidden]</c>.</param>
/// <param name="B">Both biases side by side <c>[directions, 2·gates·hidden]</c>.</param>
/// <param name="SequenceLengths">Steps of each text, int32 <c>[batch]</c>.</param>
public sealed record RecurrentInputs(string X, string W, string R, string B, string SequenceLengths);

/// <summary>What a recurrent operator is asked for; what nobody reads is not even computed.</summary>
public enum RecurrentResult
{
    /// <summary>The states of all steps <c>[sequence, directions, batch, hidden]</c>.</summary>
    AllStates,

    /// <summary>The last state of each direction <c>[directions, batch, hidden]</c>; the backward one's is at the first token.</summary>
    LastState,
}

/// <summary>The settings that all recurrent operators share.</summary>
/// <param name="HiddenSize">Components of the state of one direction.</param>
/// <param name="Bidirectional">Whether a second set of weights reads each text from its end.</param>
/// <param name="Result">Which states to return.</param>
public sealed record RecurrentSettings(int HiddenSize, bool Bidirectional, RecurrentResult Result);

/// <content>
/// The recurrent operators. Initial states are left out: they are zero by default, and a stored one would fix the batch.
/// </content>
public static partial class GraphExtensions
{
    /// <summary>Long short-term memory; gates stacked as input, output, forget, cell.</summary>
    public static string Lstm(this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
        AddRecurrent(graph, name, Operators.Lstm, inputs, settings, []);

    /// <summary>
    /// Gated recurrent unit; gates stacked as update, reset, new. The reset gate acts after the recurrent product, as in
    /// PyTorch.
    /// </summary>
    public static string Gru(this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
        AddRecurrent(graph, name, Operators.Gru, inputs, settings, [Attributes.Int("linear_before_reset", 1)]);

    /// <summary>Elman's network.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="activation"><c>Tanh</c> or <c>Relu</c>.</param>
    public static string Rnn(
        this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings, string activation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var activations = Enumerable.Repeat(activation, settings.Bidirectional ? 2 : 1);
        return AddRecurrent(graph, name, Operators.Rnn, inputs, settings, [Attributes.Texts("activations", activations)]);
    }

    private static string AddRecurrent(
        GraphBuilder graph, string name, string op, RecurrentInputs inputs, RecurrentSettings settings, AttributeProto[] special)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(settings);
        string[] outputs = settings.Result == RecurrentResult.AllStates ? [$"{name}/Y"] : ["", $"{name}/Y_h"];
        return graph.Add(
            name, op, [inputs.X, inputs.W, inputs.R, inputs.B, inputs.SequenceLengths], outputs,
            [
                Attributes.Text("direction", settings.Bidirectional ? "bidirectional" : "forward"),
                Attributes.Int("hidden_size", settings.HiddenSize),
                .. special,
            ])[^1];
    }
}
