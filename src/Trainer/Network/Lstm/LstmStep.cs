using System.Numerics;
using System.Runtime.CompilerServices;

namespace OnnxSentiment.Trainer;

/// <summary>
/// What an LSTM computes in one time step beside matrix products, and its derivative; rows are texts, and everything is
/// elementwise. The gates stand side by side in PyTorch's order: input i, forget f, cell g, output o.
/// <code>c = σ(f)·c' + σ(i)·tanh(g),   h = σ(o)·tanh(c)</code>
/// (Gers, Schmidhuber and Cummins, Neural Computation 2000.) A text that has no token at this step has the states 0, so
/// that one which is read from its end begins with zeros at its last token, however far the batch is padded. The hidden
/// size is a multiple of a SIMD vector's.
/// </summary>
internal static class LstmStep
{
    /// <summary>One step of all rows.</summary>
    /// <param name="step">Which one, in the order of the texts.</param>
    /// <param name="lengths">Tokens of each row's text.</param>
    /// <param name="bias"><c>[4·hidden]</c></param>
    /// <param name="gates"><c>[rows, 4·hidden]</c>: sums of weighted inputs on entry, activations on return.</param>
    /// <param name="previousCells"><c>[rows, hidden]</c>, or empty at the first step: zeros.</param>
    /// <param name="cells"><c>[rows, hidden]</c>: written.</param>
    /// <param name="states"><c>[rows, hidden]</c>: written.</param>
    internal static void Forward(
        int step, ReadOnlySpan<int> lengths, ReadOnlySpan<float> bias, Span<float> gates,
        ReadOnlySpan<float> previousCells,
        Span<float> cells, Span<float> states)
    {
        var hidden = HiddenSize(cells, lengths);
        for (var row = 0; row < lengths.Length; row++)
        {
            var cell = cells.Slice(row * hidden, hidden);
            var state = states.Slice(row * hidden, hidden);
            if (step >= lengths[row])
            {
                cell.Clear();
                state.Clear();
                continue;
            }

            var previous = previousCells.IsEmpty ? default : previousCells.Slice(row * hidden, hidden);
            ForwardRow(bias[..(4 * hidden)], gates.Slice(row * 4 * hidden, 4 * hidden), previous, cell, state);
        }
    }

    /// <summary>The derivative of <see cref="Forward"/>.</summary>
    /// <param name="step">Which one, in the order of the texts.</param>
    /// <param name="lengths">Tokens of each row's text.</param>
    /// <param name="gates">Activations on entry, the loss's gradient by the sums of weighted inputs on return.</param>
    /// <param name="previousCells">As it was given to <see cref="Forward"/>.</param>
    /// <param name="cells">As <see cref="Forward"/> wrote them.</param>
    /// <param name="stateGradients"><c>[rows, hidden]</c>: the loss's gradient by the states.</param>
    /// <param name="cellGradients">
    /// <c>[rows, hidden]</c>: the loss's gradient by the cells, as later steps see it, on entry; by the previous cells
    /// on return.
    /// </param>
    internal static void Backward(
        int step, ReadOnlySpan<int> lengths, Span<float> gates, ReadOnlySpan<float> previousCells,
        ReadOnlySpan<float> cells,
        ReadOnlySpan<float> stateGradients, Span<float> cellGradients)
    {
        var hidden = HiddenSize(cells, lengths);
        for (var row = 0; row < lengths.Length; row++)
        {
            var gate = gates.Slice(row * 4 * hidden, 4 * hidden);
            var cellGradient = cellGradients.Slice(row * hidden, hidden);
            if (step >= lengths[row])
            {
                gate.Clear();
                cellGradient.Clear();
                continue;
            }

            var previous = previousCells.IsEmpty ? default : previousCells.Slice(row * hidden, hidden);
            BackwardRow(
                gate, previous, cells.Slice(row * hidden, hidden), stateGradients.Slice(row * hidden, hidden),
                cellGradient);
        }
    }

    // What a row's loop reads and writes is not checked again.
    private static int HiddenSize(ReadOnlySpan<float> cells, ReadOnlySpan<int> lengths)
    {
        var hidden = cells.Length / lengths.Length;
        return hidden % Vector<float>.Count == 0
            ? hidden
            : throw new InvalidOperationException(
                $"A hidden size of {hidden} is no multiple of {Vector<float>.Count}.");
    }

    // Optimized from the first call on: the first steps of a training would otherwise take several times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRow(
        ReadOnlySpan<float> bias, Span<float> gates, ReadOnlySpan<float> previous, Span<float> cells,
        Span<float> states)
    {
        var hidden = cells.Length;
        var (f, g, o) = (hidden, 2 * hidden, 3 * hidden);
        for (var at = 0; at < hidden; at += Vector<float>.Count)
        {
            var input = Sigmoid(Lanes.Load(gates, at) + Lanes.Load(bias, at));
            var forget = Sigmoid(Lanes.Load(gates, f + at) + Lanes.Load(bias, f + at));
            var candidate = Tanh(Lanes.Load(gates, g + at) + Lanes.Load(bias, g + at));
            var output = Sigmoid(Lanes.Load(gates, o + at) + Lanes.Load(bias, o + at));
            var cell = (input * candidate) + (previous.IsEmpty ? default : forget * Lanes.Load(previous, at));
            Lanes.Store(input, gates, at);
            Lanes.Store(forget, gates, f + at);
            Lanes.Store(candidate, gates, g + at);
            Lanes.Store(output, gates, o + at);
            Lanes.Store(cell, cells, at);
            Lanes.Store(output * Tanh(cell), states, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRow(
        Span<float> gates, ReadOnlySpan<float> previous, ReadOnlySpan<float> cells, ReadOnlySpan<float> stateGradients,
        Span<float> cellGradients)
    {
        var hidden = cells.Length;
        var (f, g, o) = (hidden, 2 * hidden, 3 * hidden);
        for (var at = 0; at < hidden; at += Vector<float>.Count)
        {
            var (input, forget) = (Lanes.Load(gates, at), Lanes.Load(gates, f + at));
            var (candidate, output) = (Lanes.Load(gates, g + at), Lanes.Load(gates, o + at));
            var (tanh, byState) = (Tanh(Lanes.Load(cells, at)), Lanes.Load(stateGradients, at));
            var byCell = Lanes.Load(cellGradients, at) + (byState * output * (Vector<float>.One - (tanh * tanh)));
            var previousCell = previous.IsEmpty ? default : Lanes.Load(previous, at);
            Lanes.Store(byCell * candidate * input * (Vector<float>.One - input), gates, at);
            Lanes.Store(byCell * previousCell * forget * (Vector<float>.One - forget), gates, f + at);
            Lanes.Store(byCell * input * (Vector<float>.One - (candidate * candidate)), gates, g + at);
            Lanes.Store(byState * tanh * output * (Vector<float>.One - output), gates, o + at);
            Lanes.Store(byCell * forget, cellGradients, at);
        }
    }

    private static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Lanes.Exp(-x));

    private static Vector<float> Tanh(Vector<float> x) =>
        Vector<float>.One - (new Vector<float>(2) / (Vector<float>.One + Lanes.Exp(x + x)));
}
