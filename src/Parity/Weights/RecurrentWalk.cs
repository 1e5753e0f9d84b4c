using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>
/// The recurrent layers, from the last to the first. Weights are laid out as onnx.ai defines for RNN, GRU and LSTM,
/// W <c>[directions, gates·hidden, input]</c>, R <c>[directions, gates·hidden, hidden]</c>, B <c>[directions,
/// 2·gates·hidden]</c>, and ONNX Runtime's docs/ContribOperators.md for DynamicQuantizeLSTM, whose W and R are
/// transposed.
/// </summary>
internal sealed class RecurrentWalk(
    GraphReader graph, WeightLedger ledger, Checkpoint checkpoint, Precision precision, StorageRule rule,
    EmbeddingWalk embedding, PaddingWalk padding)
{
    private const int AllStates = 0;
    private const int LastState = 1;
    private const int Inputs = 5;
    private const int QuantizedInputs = 12;

    private readonly ModelConfig _model = checkpoint.Config.Model;
    private readonly GateBlocks _gates = new(checkpoint.Config.Model.Cell, checkpoint.Config.Model.HiddenSize);

    private bool IsQuantized => precision == Precision.Int8;

    private string Operator => _model.Cell switch
    {
        CellKind.Lstm => IsQuantized ? Operators.DynamicQuantizeLstm : Operators.Lstm,
        CellKind.Gru => Operators.Gru,
        _ => Operators.Rnn,
    };

    /// <summary>Reads the last states of all directions side by side, <c>[batch, directions·hidden]</c>.</summary>
    internal void ReadLast(string value) =>
        ReadLayer(ReadSideBySide(value, [0, _model.OutputSize], [1, 0, 2]), LastState, _model.Layers - 1);

    /// <summary>Reads a layer's states of all steps, <c>[sequence, batch, directions·hidden]</c>.</summary>
    internal void ReadStates(string value, int layer) =>
        ReadLayer(ReadSideBySide(value, [0, 0, _model.OutputSize], [0, 2, 1, 3]), AllStates, layer);

    private string ReadSideBySide(string value, long[] shape, long[] permutation)
    {
        var inputs = graph.Read(value, Operators.Reshape, 2, [Number("allowzero", 0, otherwise: 0)]);
        ledger.Constant(inputs[1], "shape of states", [shape.Length], shape);
        return graph.Read(inputs[0], Operators.Transpose, 1, [Numbers("perm", permutation)])[0];
    }

    private void ReadLayer(string value, int output, int layer)
    {
        var node = graph.NodeOf(value, Operator, output);
        GraphReader.CheckAttributes(node, Attributes());
        var inputs = GraphReader.InputsOf(node);
        var given = IsQuantized ? QuantizedInputs : Inputs;
        if (inputs.Length != given || Enumerable.Range(0, given).Any(i => inputs[i].Length == 0 != i is 5 or 6 or 7))
        {
            throw GraphReader.Mismatch(
                node, $"reads [{string.Join(", ", inputs)}], but sequences, W, R, B and lengths were expected.");
        }

        CompareWeights(inputs, layer);
        padding.ReadLengths(inputs[4]);
        if (layer == 0)
        {
            embedding.Run(inputs[0]);
        }
        else
        {
            ReadStates(inputs[0], layer - 1);
        }
    }

    private List<ExpectedAttribute> Attributes()
    {
        var activations = _model switch
        {
            { Cell: CellKind.Lstm } => "Sigmoid,Tanh,Tanh",
            { Cell: CellKind.Gru } => "Sigmoid,Tanh",
            { Nonlinearity: RnnNonlinearity.Relu } => "Relu",
            _ => "Tanh",
        };
        var all = string.Join(',', Enumerable.Repeat(activations, _model.Directions));
        List<ExpectedAttribute> attributes =
        [
            new("direction", _model.Bidirectional ? "bidirectional" : "forward", "forward"),
            Number("hidden_size", _model.HiddenSize),
            new("activations", all, activations == "Relu" ? null : all),
        ];
        var (layout, inputForget) = (
            Number("layout", 0, otherwise: 0), Number("input_forget", 0, otherwise: 0));
        return _model.Cell switch
        {
            CellKind.Gru => [.. attributes, layout, Number("linear_before_reset", 1, otherwise: 0)],
            CellKind.Lstm when IsQuantized => [.. attributes, inputForget],
            CellKind.Lstm => [.. attributes, layout, inputForget],
            _ => [.. attributes, layout],
        };
    }

    private void CompareWeights(string[] inputs, int layer)
    {
        var (directions, rows, hidden) = (_model.Directions, _gates.Rows, _model.HiddenSize);
        var input = layer == 0 ? _model.EmbeddingSize : _model.OutputSize;
        RecurrentWeightNames[] names =
            [.. Enumerable.Range(0, directions).Select(i => WeightNames.Recurrent(layer, reverse: i == 1))];
        var (w, r) = (names.Select(name => name.InputWeights), names.Select(name => name.RecurrentWeights));
        if (IsQuantized)
        {
            CompareQuantized(inputs[1], inputs[8], inputs[9], input, [.. w]);
            CompareQuantized(inputs[2], inputs[10], inputs[11], hidden, [.. r]);
        }
        else
        {
            ledger.Compare(
                inputs[1], [directions, rows, input], rule, [.. w.Select((name, i) => Matrix(name, i, input))]);
            ledger.Compare(
                inputs[2], [directions, rows, hidden], rule, [.. r.Select((name, i) => Matrix(name, i, hidden))]);
        }

        ledger.Compare(inputs[3], [directions, 2 * rows], rule, [.. names.SelectMany((name, i) => (WeightPlace[])
        [
            new(name.InputBias, (row, _) => (i * 2 * rows) + _gates.RowOf(row)),
            new(name.RecurrentBias, (row, _) => (((i * 2) + 1) * rows) + _gates.RowOf(row)),
        ])]);
    }

    private WeightPlace Matrix(string name, int direction, int columns) => new(
        name, (row, column) => (((direction * _gates.Rows) + _gates.RowOf(row)) * columns) + column);

    private void CompareQuantized(string weights, string scales, string zeroPoints, int columns, string[] names)
    {
        var (directions, rows) = (_model.Directions, _gates.Rows);
        var steps = new StepRule(
            ledger.Scales(scales, directions, rows), offset => (offset / (columns * rows) * rows) + (offset % rows));
        ledger.ZeroPoints(zeroPoints, directions, rows);
        WeightPlace Transposed(string name, int direction) => new(
            name, (row, column) => (((direction * columns) + column) * rows) + _gates.RowOf(row));
        ledger.Compare(weights, [directions, columns, rows], steps, [.. names.Select(Transposed)]);
    }
}
