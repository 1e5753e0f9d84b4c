using OnnxSentiment.Core;
using static OnnxSentiment.Parity.ReferenceMath;

namespace OnnxSentiment.Parity;

/// <summary>The state between two steps; <paramref name="Cell"/> is the LSTM's c, and unused elsewhere.</summary>
internal sealed record ReferenceState(double[] Hidden, double[] Cell);

/// <summary>
/// One step of one direction, by the formulas of torch.nn.RNN, GRU and LSTM. Gates stand in PyTorch's order: gate g of
/// unit j is row g·hidden + j.
/// </summary>
internal abstract class ReferenceCell
{
    private readonly ReferenceMatrix _inputWeights;
    private readonly ReferenceMatrix _recurrentWeights;
    private readonly double[] _inputBias;
    private readonly double[] _recurrentBias;

    private ReferenceCell(Checkpoint checkpoint, RecurrentWeightNames names)
    {
        HiddenSize = checkpoint.Config.Model.HiddenSize;
        _inputWeights = ReferenceMatrix.Of(checkpoint, names.InputWeights);
        _recurrentWeights = ReferenceMatrix.Of(checkpoint, names.RecurrentWeights);
        _inputBias = ReferenceMatrix.VectorOf(checkpoint, names.InputBias);
        _recurrentBias = ReferenceMatrix.VectorOf(checkpoint, names.RecurrentBias);
    }

    private int HiddenSize { get; }

    internal static ReferenceCell Of(Checkpoint checkpoint, RecurrentWeightNames names) =>
        checkpoint.Config.Model.Cell switch
        {
            CellKind.Rnn => new RnnCell(checkpoint, names),
            CellKind.Gru => new GruCell(checkpoint, names),
            CellKind.Lstm => new LstmCell(checkpoint, names),
            var cell => throw new ArgumentOutOfRangeException(nameof(checkpoint), cell, "Unknown cell."),
        };

    internal ReferenceState InitialState() => new(new double[HiddenSize], new double[HiddenSize]);

    internal ReferenceState Step(double[] x, ReferenceState state)
    {
        // What the input contributes to each gate, and what the state does: W_i x + b_i and W_h h + b_h.
        var fromInput = Plus(_inputWeights.Times(x), _inputBias);
        var fromState = Plus(_recurrentWeights.Times(state.Hidden), _recurrentBias);
        var next = new ReferenceState(new double[HiddenSize], new double[HiddenSize]);
        for (var j = 0; j < HiddenSize; j++)
        {
            (next.Hidden[j], next.Cell[j]) = Unit(j, fromInput, fromState, state);
        }

        return next;
    }

    /// <summary>The new h and c of unit <paramref name="j"/>.</summary>
    protected abstract (double Hidden, double Cell) Unit(
        int j, double[] fromInput, double[] fromState, ReferenceState state);

    private sealed class RnnCell(Checkpoint checkpoint, RecurrentWeightNames names) : ReferenceCell(checkpoint, names)
    {
        private readonly bool _relu = checkpoint.Config.Model.Nonlinearity == RnnNonlinearity.Relu;

        protected override (double Hidden, double Cell) Unit(
            int j, double[] fromInput, double[] fromState, ReferenceState state)
        {
            var sum = fromInput[j] + fromState[j];
            return (_relu ? Math.Max(0, sum) : Math.Tanh(sum), 0);
        }
    }

    private sealed class GruCell(Checkpoint checkpoint, RecurrentWeightNames names) : ReferenceCell(checkpoint, names)
    {
        protected override (double Hidden, double Cell) Unit(
            int j, double[] fromInput, double[] fromState, ReferenceState state)
        {
            var (reset, update, candidate) = (j, HiddenSize + j, (2 * HiddenSize) + j);
            var r = Sigmoid(fromInput[reset] + fromState[reset]);
            var z = Sigmoid(fromInput[update] + fromState[update]);
            var n = Math.Tanh(fromInput[candidate] + (r * fromState[candidate]));
            return (((1 - z) * n) + (z * state.Hidden[j]), 0);
        }
    }

    private sealed class LstmCell(Checkpoint checkpoint, RecurrentWeightNames names) : ReferenceCell(checkpoint, names)
    {
        protected override (double Hidden, double Cell) Unit(
            int j, double[] fromInput, double[] fromState, ReferenceState state)
        {
            var i = Sigmoid(Gate(0));
            var f = Sigmoid(Gate(1));
            var g = Math.Tanh(Gate(2));
            var o = Sigmoid(Gate(3));
            var c = (f * state.Cell[j]) + (i * g);
            return (o * Math.Tanh(c), c);

            double Gate(int gate) => fromInput[(gate * HiddenSize) + j] + fromState[(gate * HiddenSize) + j];
        }
    }
}
