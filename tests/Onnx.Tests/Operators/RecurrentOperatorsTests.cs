using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Onnx.Tests.NodeRule;

namespace OnnxSentiment.Onnx.Tests;

/// <summary>Recurrent operators on 7 steps, a batch of 5 and 3 components, with a state of 4.</summary>
public sealed class RecurrentOperatorsTests
{
    private const int Hidden = 4;

    private static readonly TestCaseData[] Sound = Cases(
        ("LSTM, all states", g => Lstm(g, directions: 2).AllStates, "Float [7, 2, 5, 4]"),
        ("LSTM, last state", g => Lstm(g, directions: 2).LastState, "Float [2, 5, 4]"),
        ("LSTM, last cell", g => Lstm(g, directions: 2).LastCell, "Float [2, 5, 4]"),
        ("LSTM forward", g => Lstm(g, directions: 1).LastState, "Float [1, 5, 4]"),
        ("GRU", g => g.Gru("y", Inputs(g, 3, 1), Settings(1)).AllStates, "Float [7, 1, 5, 4]"),
        ("RNN", g => g.Rnn("y", Inputs(g, 1, 2), Settings(2), "Relu").AllStates, "Float [7, 2, 5, 4]"),
        ("forward by default", WithoutDirection, "Float [7, 1, 5, 4]"));

    private static readonly TestCaseData[] Unsound = Cases(
        ("gates of another cell", g => g.Gru("y", Inputs(g, 4, 1), Settings(1)).AllStates, "[1, 16, 3] as input 1"),
        ("one direction for two", g => g.Gru("y", Inputs(g, 3, 1), Settings(2)).AllStates, "[1, 12, 3] as input 1"),
        ("another hidden size", g => g.Rnn("y", Inputs(g, 1, 1), Settings(1) with { HiddenSize = 3 }, "Tanh").AllStates,
            "as input 1"),
        ("no hidden size", g => g.Rnn("y", Inputs(g, 1, 1), Settings(1) with { HiddenSize = 0 }, "Tanh").AllStates,
            "hidden_size 0"),
        ("unknown activation", g => g.Rnn("y", Inputs(g, 1, 1), Settings(1), "Softsign").AllStates, "'Softsign'"),
        ("bias of one kind", g => Rnn(g, i => i with { B = Floats(g, "half", 1, 4) }), "[1, 4] as input 3"),
        ("lengths of other texts", g => Rnn(g, i => i with { SequenceLengths = Lengths(g, 7) }), "[7] as input 4"),
        ("lengths as int64", g => Rnn(g, i => i with { SequenceLengths = g.Constant(1, 1, 1, 1, 1) }), "int32"),
        ("state of other directions", g => Rnn(g, i => i with { InitialState = Floats(g, "h", 2, 5, 4) }),
            "[2, 5, 4] as input 5"),
        ("state with the batch first", g => Rnn(g, i => i with { InitialState = Floats(g, "h", 5, 1, 4) }),
            "[5, 1, 4] as input 5"),
        ("recurrent weights of the input", g => Rnn(g, i => i with { R = i.W }), "[1, 4, 3] as input 2"));

    [TestCaseSource(nameof(Sound))]
    public void Add_Node_GivesTypeAndShape(Func<GraphBuilder, string> add, string expected) =>
        AssertGives(add, expected);

    [TestCaseSource(nameof(Unsound))]
    public void Add_NodeThatDoesNotFit_Refused(Func<GraphBuilder, string> add, string words) =>
        AssertRefuses(add, words);

    private static RecurrentOutputs Lstm(GraphBuilder graph, int directions) => graph.Lstm(
        "y",
        Inputs(graph, 4, directions) with
        {
            InitialState = Floats(graph, "h", directions, 5, Hidden),
            InitialCell = Floats(graph, "c", directions, 5, Hidden),
        },
        Settings(directions) with
        {
            Result = RecurrentResult.AllStates | RecurrentResult.LastState | RecurrentResult.LastCell,
        });

    private static string Rnn(GraphBuilder graph, Func<RecurrentInputs, RecurrentInputs> change) =>
        graph.Rnn("y", change(Inputs(graph, 1, 1)), Settings(1), "Tanh").AllStates;

    private static string WithoutDirection(GraphBuilder graph)
    {
        var inputs = Inputs(graph, 1, 1);
        return graph.Add(
            "y", Operators.Rnn, [inputs.X, inputs.W, inputs.R], Attributes.Int("hidden_size", Hidden));
    }

    private static RecurrentInputs Inputs(GraphBuilder graph, int gates, int directions) => new(
        X(graph, 7, 5, 3),
        Floats(graph, "W", directions, gates * Hidden, 3),
        Floats(graph, "R", directions, gates * Hidden, Hidden),
        Floats(graph, "B", directions, 2 * gates * Hidden),
        Lengths(graph, 5));

    private static string Lengths(GraphBuilder graph, int count) =>
        graph.Input($"lengths{count}", DataType.Int32, count);

    private static RecurrentSettings Settings(int directions) =>
        new(Hidden, directions == 2, RecurrentResult.AllStates);
}
