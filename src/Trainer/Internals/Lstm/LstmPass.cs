using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Internals.Lstm;

/// <summary>
/// One direction of an LSTM over some rows of a batch, forward and then backward through time. The products that all time
/// steps share are taken at once, and what remains of a step is one small product and one sweep over the gates: on a
/// processor several times as fast as libtorch's LSTM under autograd, which takes some twenty operations a step. Runs in
/// one thread; its tensors belong to the thread that created it.
/// </summary>
internal sealed class LstmPass
{
    private readonly LstmWeights _weights;
    private readonly Tensor _input;
    private readonly int[] _lengths;
    private readonly bool _reverse;
    private readonly Tensor _gates;
    private readonly Tensor _cells;

    /// <summary>Allocates what both directions in time need.</summary>
    /// <param name="weights">The weights of this direction.</param>
    /// <param name="input"><c>[sequence, rows, input]</c>, contiguous.</param>
    /// <param name="lengths">Tokens of each row's text.</param>
    /// <param name="reverse">Whether texts are read from their ends.</param>
    internal LstmPass(LstmWeights weights, Tensor input, int[] lengths, bool reverse)
    {
        (_weights, _input, _lengths, _reverse) = (weights, input, lengths, reverse);
        var (steps, rows, hidden) = (input.shape[0], input.shape[1], weights.HiddenSize);
        _gates = empty(steps, rows, 4 * hidden);
        _cells = empty(steps, rows, hidden);
        States = empty(steps, rows, hidden);
        InputGradient = empty_like(input);
        WeightGradients = weights.EmptyLike();
    }

    /// <summary>After <see cref="Forward"/>: the states in the order of the text, <c>[sequence, rows, hidden]</c>, 0 at padding.</summary>
    internal Tensor States { get; }

    /// <summary>After <see cref="Backward"/>: the loss's gradient by the input.</summary>
    internal Tensor InputGradient { get; }

    /// <summary>After <see cref="Backward"/>: the loss's gradient by the weights.</summary>
    internal LstmWeights WeightGradients { get; }

    internal void Forward()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Flat(_gates).addmm_(Flat(_input), _weights.Input.t(), beta: 0, alpha: 1);
        var (gates, cells, states) = (_gates.unbind(0), _cells.unbind(0), States.unbind(0));
        var recurrent = _weights.Recurrent.t();
        var bias = Values(_weights.Bias);
        var previous = -1;
        foreach (var step in Order(gates.Length))
        {
            if (previous >= 0)
            {
                gates[step].addmm_(states[previous], recurrent, beta: 1, alpha: 1);
            }

            LstmStep.Forward(
                step, _lengths, bias, Values(gates[step]), previous < 0 ? default : Values(cells[previous]),
                Values(cells[step]), Values(states[step]));
            previous = step;
        }
    }

    /// <param name="stateGradients">The loss's gradient by <see cref="States"/>, contiguous; overwritten.</param>
    internal void Backward(Tensor stateGradients)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (gates, cells, gradients) = (_gates.unbind(0), _cells.unbind(0), stateGradients.unbind(0));
        var cellGradients = zeros(_lengths.Length, _weights.HiddenSize);
        int[] order = [.. Order(gates.Length)];
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var step = order[i];
            if (i < order.Length - 1)
            {
                gradients[step].addmm_(gates[order[i + 1]], _weights.Recurrent, beta: 1, alpha: 1);
            }

            LstmStep.Backward(
                step, _lengths, Values(gates[step]), i == 0 ? default : Values(cells[order[i - 1]]), Values(cells[step]),
                Values(gradients[step]), Values(cellGradients));
        }

        Flat(InputGradient).addmm_(Flat(_gates), _weights.Input, beta: 0, alpha: 1);
        SumWeightGradients(gates.Length);
    }

    private void SumWeightGradients(int steps)
    {
        WeightGradients.Input.addmm_(Flat(_gates).t(), Flat(_input), beta: 0, alpha: 1);
        WeightGradients.Bias.copy_(Flat(_gates).sum([0L]));

        // Gates of every step but the first one, beside the states of the step before.
        var (gates, states) = _reverse ? (0, 1) : (1, 0);
        WeightGradients.Recurrent.addmm_(
            Flat(_gates.narrow(0, gates, steps - 1)).t(), Flat(States.narrow(0, states, steps - 1)), beta: 0, alpha: 1);
    }

    private IEnumerable<int> Order(int steps) =>
        _reverse ? Enumerable.Range(0, steps).Select(i => steps - 1 - i) : Enumerable.Range(0, steps);

    private static Tensor Flat(Tensor steps) => steps.view(-1, steps.shape[^1]);

    private static Span<float> Values(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes);
}
