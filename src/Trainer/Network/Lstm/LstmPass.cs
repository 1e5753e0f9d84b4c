using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Trainer;

/// <summary>
/// One direction of an LSTM over some rows of a batch, forward and then backward through time. The products with the
/// input are taken for several time steps at once, and what remains of a step is one small product and one sweep over
/// the gates, where libtorch's LSTM under autograd takes some twenty operations; <c>build/bench.sh train</c> measures
/// the gain. Inside, as many states as fill whole SIMD vectors are computed. Runs in one thread; its tensors belong to
/// the thread that created it.
/// </summary>
internal sealed class LstmPass
{
    // Long enough for good products, short enough that the gates of a block are still in the cache when its steps are
    // taken.
    private const int StepsInBlock = 8;

    private readonly LstmWeights _weights;
    private readonly LstmWeights _weightGradients;
    private readonly Tensor _input;
    private readonly int[] _lengths;
    private readonly bool _reverse;
    private readonly Tensor _gates;
    private readonly Tensor _cells;
    private readonly Tensor _states;
    private readonly long _hidden;
    private readonly int _steps;

    /// <summary>Allocates what both directions in time need.</summary>
    /// <param name="weights">The weights of this direction.</param>
    /// <param name="input"><c>[sequence, rows, input]</c>, contiguous.</param>
    /// <param name="lengths">Tokens of each row's text.</param>
    /// <param name="reverse">Whether texts are read from their ends.</param>
    /// <param name="scratch">Where large tensors come from.</param>
    /// <param name="owner">Tells this pass from others of the same training step.</param>
    internal LstmPass(LstmWeights weights, Tensor input, int[] lengths, bool reverse, ScratchTensors scratch, int owner)
    {
        (_input, _lengths, _reverse) = (input, lengths, reverse);
        _hidden = weights.HiddenSize;
        _steps = (int)input.shape[0];
        _weights = weights.WidenedTo(Lanes.RoundUp(_hidden));
        _weightGradients = _weights.ZerosLike();
        var (rows, hidden) = (input.shape[1], _weights.HiddenSize);
        _gates = scratch.Rent(owner, nameof(_gates), _steps, rows, 4 * hidden);
        _cells = scratch.Rent(owner, nameof(_cells), _steps, rows, hidden);
        _states = scratch.Rent(owner, nameof(_states), _steps, rows, hidden);
        InputGradient = scratch.Rent(owner, nameof(InputGradient), input.shape);
    }

    /// <summary>
    /// After <see cref="Forward"/>: the states in the order of the text, <c>[sequence, rows, hidden]</c>, 0 at padding.
    /// </summary>
    internal Tensor States => _states.narrow(-1, 0, _hidden);

    /// <summary>After <see cref="Backward"/>: the loss's gradient by the input.</summary>
    internal Tensor InputGradient { get; }

    /// <summary>After <see cref="Backward"/>: the loss's gradient by the weights.</summary>
    internal LstmWeights WeightGradients => _weightGradients.NarrowedTo(_hidden);

    internal void Forward()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (gates, cells, states) = (_gates.unbind(0), _cells.unbind(0), _states.unbind(0));
        var (input, recurrent) = (_weights.Input.t().contiguous(), _weights.Recurrent.t().contiguous());
        foreach (var (start, count) in Blocks())
        {
            Flat(_gates, start, count).addmm_(Flat(_input, start, count), input, beta: 0, alpha: 1);
            foreach (var step in StepsOf(start, count))
            {
                var previous = Before(step);
                if (previous is { } p)
                {
                    gates[step].addmm_(states[p], recurrent, beta: 1, alpha: 1);
                }

                LstmStep.Forward(
                    step, _lengths, Values(_weights.Bias), Values(gates[step]), previous is { } q
                        ? Values(cells[q])
                        : default,
                    Values(cells[step]), Values(states[step]));
            }
        }
    }

    /// <summary>
    /// After <see cref="Forward"/>: the state after the last token that is read, <c>[rows, hidden]</c>.
    /// </summary>
    internal Tensor LastStates()
    {
        using var scope = NewDisposeScope();
        return States.gather(0, LastSteps()).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="Backward"/> where the loss sees <see cref="LastStates"/> alone.</summary>
    /// <param name="gradients">The loss's gradient by them, <c>[rows, hidden]</c>.</param>
    internal void BackwardFromLast(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        Backward(zeros_like(States).scatter_(0, LastSteps(), gradients.unsqueeze(0)));
    }

    /// <param name="stateGradients">
    /// The loss's gradient by <see cref="States"/>, contiguous; what it holds afterwards is undefined.
    /// </param>
    internal void Backward(Tensor stateGradients)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var more = _weights.HiddenSize - _hidden;
        var widened = more == 0 ? stateGradients : pad(stateGradients, [0, more]);
        var (gates, cells, gradients) = (_gates.unbind(0), _cells.unbind(0), widened.unbind(0));
        var cellGradients = zeros(_lengths.Length, _weights.HiddenSize);
        foreach (var (start, count) in Blocks().Reverse())
        {
            foreach (var step in StepsOf(start, count).Reverse())
            {
                LstmStep.Backward(
                    step, _lengths, Values(gates[step]), Before(step) is { } p ? Values(cells[p]) : default,
                    Values(cells[step]),
                    Values(gradients[step]), Values(cellGradients));
                if (Before(step) is { } previous)
                {
                    gradients[previous].addmm_(gates[step], _weights.Recurrent, beta: 1, alpha: 1);
                }
            }

            Flat(InputGradient, start, count).addmm_(Flat(_gates, start, count), _weights.Input, beta: 0, alpha: 1);
            AddWeightGradients(start, count);
        }
    }

    private void AddWeightGradients(int start, int count)
    {
        var gates = Flat(_gates, start, count);
        _weightGradients.Input.addmm_(gates.t(), Flat(_input, start, count), beta: 1, alpha: 1);
        _weightGradients.Bias.add_(gates.sum([0L]));

        // Beside each step's gates the states of the step before, which the first one has not.
        var first = _reverse ? start : Math.Max(start, 1);
        var end = _reverse ? Math.Min(start + count, _steps - 1) : start + count;
        if (end > first)
        {
            _weightGradients.Recurrent.addmm_(
                Flat(_gates, first, end - first).t(), Flat(_states, _reverse ? first + 1 : first - 1, end - first),
                beta: 1, alpha: 1);
        }
    }

    // [1, rows, hidden]
    private Tensor LastSteps() =>
        tensor(Array.ConvertAll(_lengths, length => _reverse ? 0L : length - 1)).view(1, -1, 1).expand(-1, -1, _hidden);

    // In the order in which the direction reads.
    private IEnumerable<(int Start, int Count)> Blocks()
    {
        var blocks = (_steps + StepsInBlock - 1) / StepsInBlock;
        return Enumerable.Range(0, blocks)
            .Select(block => (_reverse ? blocks - 1 - block : block) * StepsInBlock)
            .Select(start => (start, Math.Min(StepsInBlock, _steps - start)));
    }

    private IEnumerable<int> StepsOf(int start, int count) =>
        Enumerable.Range(0, count).Select(i => _reverse ? start + count - 1 - i : start + i);

    private int? Before(int step) => _reverse ? (step == _steps - 1 ? null : step + 1) : (step == 0 ? null : step - 1);

    private static Tensor Flat(Tensor steps, int start, int count) =>
        steps.narrow(0, start, count).view(-1, steps.shape[^1]);

    private static Span<float> Values(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes);
}
