using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx;

public static partial class Operators
{
    /// <summary>Recurrent networks: gated recurrent units, long short-term memory, Elman's.</summary>
    public const string
        Gru = "GRU",
        Lstm = "LSTM",
        Rnn = "RNN";
}

/// <summary>Of layout 0: time first.</summary>
internal static class RecurrentOperators
{
    private const int X = 0;
    private const int W = 1;
    private const int R = 2;
    private const int B = 3;
    private const int SequenceLengths = 4;
    private const int InitialHidden = 5;
    private const int InitialCell = 6;
    private const int Peepholes = 7;

    private static readonly AttributeSchema[] Shared =
    [
        new("activation_alpha", AttributeType.Floats),
        new("activation_beta", AttributeType.Floats),
        new("activations", AttributeType.Strings),
        new("clip", AttributeType.Float),
        new("direction", AttributeType.String),
        new("hidden_size", AttributeType.Int),
        new("layout", AttributeType.Int),
    ];

    internal static OperatorDefinition[] All { get; } =
    [
        new(
            Operators.Gru, 3..6, node => Infer(node, gates: 3, activationsPerDirection: 2),
            [.. Shared, new("linear_before_reset", AttributeType.Int)]) { Outputs = 0..2 },
        new(
            Operators.Lstm, 3..8, node => Infer(node, gates: 4, activationsPerDirection: 3),
            [.. Shared, new("input_forget", AttributeType.Int)]) { Outputs = 0..3 },
        new(
            Operators.Rnn, 3..6, node => Infer(node, gates: 1, activationsPerDirection: 1), Shared) { Outputs = 0..2 },
    ];

    private static void Infer(NodeContext node, int gates, int activationsPerDirection)
    {
        CheckElements(node);
        if (Directions(node) is not { } directions || HiddenSize(node) is not { } hidden)
        {
            return;
        }

        CheckActivations(node, directions * activationsPerDirection);
        node.RequireShape(X, Dimension.Unknown, Dimension.Unknown, Dimension.Unknown);
        if (node.Input(X) is not { Shape: { Count: 3 } x } sequences)
        {
            return;
        }

        var (steps, batch, input) = (x[0], x[1], x[2]);
        node.RequireShape(W, directions, gates * hidden, input);
        node.RequireShape(R, directions, gates * hidden, hidden);
        node.RequireShape(B, directions, 2 * gates * hidden);
        node.RequireShape(SequenceLengths, batch);
        node.RequireShape(InitialHidden, directions, batch, hidden);
        node.RequireShape(InitialCell, directions, batch, hidden);
        node.RequireShape(Peepholes, directions, 3 * hidden);
        node.SetOutput(sequences.Element, [steps, directions, batch, hidden], 0);
        node.SetOutput(sequences.Element, [directions, batch, hidden], 1);
        node.SetOutput(sequences.Element, [directions, batch, hidden], 2);
    }

    private static void CheckElements(NodeContext node)
    {
        node.RequireReal(X);
        foreach (var input in (int[])[W, R, B, InitialHidden, InitialCell, Peepholes])
        {
            node.RequireSameElement(X, input);
        }

        node.RequireElement(SequenceLengths, DataType.Int32);
    }

    internal static int? Directions(NodeContext node)
    {
        if (node.Int("layout", 0) != 0)
        {
            node.ShapeProblem("has layout 1, but 0 was expected: common runtimes refuse the other.");
            return null;
        }

        switch (node.Text("direction", "forward"))
        {
            case "forward" or "reverse":
                return 1;
            case "bidirectional":
                return 2;
            case var direction:
                node.TypeProblem(
                    $"has the direction '{direction}', but forward, reverse or bidirectional was expected.");
                return null;
        }
    }

    internal static long? HiddenSize(NodeContext node)
    {
        var hidden = node.Int("hidden_size", 0);
        if (hidden is >= 1 and <= int.MaxValue)
        {
            return hidden;
        }

        node.ShapeProblem($"has the hidden_size {hidden}, but a positive one was expected.");
        return null;
    }

    internal static void CheckActivations(NodeContext node, int expected)
    {
        var activations = node.Attribute("activations")?.Strings;
        if (activations is not null && activations.Count != expected)
        {
            node.TypeProblem($"has {activations.Count} activations, but {expected} were expected.");
        }

        foreach (var activation in activations ?? [])
        {
            if (activation.ToStringUtf8() is not ("Tanh" or "Relu" or "Sigmoid"))
            {
                node.TypeProblem(
                    $"has the activation '{activation.ToStringUtf8()}', but Tanh, Relu or Sigmoid was expected.");
            }
        }
    }
}

/// <summary>
/// The inputs of a recurrent operator, by name, in the standard's layout; empty where one is left out.
/// </summary>
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

    /// <summary>
    /// The last state of each direction <c>[directions, batch, hidden]</c>; the backward one's is at the first token.
    /// </summary>
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
/// The recurrent operators. Initial states that are zero are better left out: zero is their default, and stored ones
/// would fix the batch.
/// </content>
public static partial class GraphExtensions
{
    /// <summary>Long short-term memory; gates stacked as input, output, forget, cell.</summary>
    public static RecurrentOutputs Lstm(
        this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
        AddRecurrent(graph, name, Operators.Lstm, inputs, settings, []);

    /// <summary>
    /// Gated recurrent unit; gates stacked as update, reset, new. The reset gate acts after the recurrent product, as
    /// in PyTorch.
    /// </summary>
    public static RecurrentOutputs Gru(
        this GraphBuilder graph, string name, RecurrentInputs inputs, RecurrentSettings settings) =>
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
        return AddRecurrent(
            graph, name, Operators.Rnn, inputs, settings, [Attributes.Texts("activations", activations)]);
    }

    private static RecurrentOutputs AddRecurrent(
        GraphBuilder graph, string name, string op, RecurrentInputs inputs, RecurrentSettings settings,
        AttributeProto[] special)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(settings);
        var (states, state, cell) = (
            NameIf(RecurrentResult.AllStates, $"{name}/Y"),
            NameIf(RecurrentResult.LastState, $"{name}/Y_h"),
            NameIf(RecurrentResult.LastCell, $"{name}/Y_c"));
        graph.Add(
            name, op,
            WithoutTrailingGaps(
                inputs.X, inputs.W, inputs.R, inputs.B,
                inputs.SequenceLengths, inputs.InitialState, inputs.InitialCell),
            WithoutTrailingGaps(states, state, cell),
            [
                Attributes.Text("direction", settings.Bidirectional ? "bidirectional" : "forward"),
                Attributes.Int("hidden_size", settings.HiddenSize),
                .. special,
            ]);
        return new(states, state, cell);

        string NameIf(RecurrentResult result, string output) => settings.Result.HasFlag(result) ? output : "";
    }
}
