using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Recurrent layers by libtorch. Each direction is a one-directional network over whole padded batches, which keeps
/// libtorch on its fused path; the backward one is fed with each text reversed within its own length, so padding always
/// comes last and never changes a state that is used. That is exactly what packed sequences compute, at full speed.
/// </summary>
internal sealed class LibTorchRecurrence : IRecurrence
{
    // Kept: TorchSharp does not hold on to a number that it converts while libtorch still needs it.
    private static readonly Scalar Zero = 0f;

    public void BeginStep()
    {
        // Autograd keeps the graph.
    }

    public Tensor AllStates(RecurrentCells cells, Tensor input, SequenceBatch batch)
    {
        var forward = Run(cells.Directions[0], input);
        var states = cells.Directions.Count == 1
            ? forward
            : cat([forward, batch.Reverse(Run(cells.Directions[1], batch.Reverse(input)))], -1);

        // ReLU may let a state grow over the padding until it overflows, and infinity times 0 is no number.
        return cells.HasBoundedStates ? states : states.masked_fill(batch.Mask.logical_not(), Zero);
    }

    public Tensor LastStates(RecurrentCells cells, Tensor input, SequenceBatch batch)
    {
        var forward = batch.Last(Run(cells.Directions[0], input));
        return cells.Directions.Count == 1
            ? forward
            : cat([forward, batch.Last(Run(cells.Directions[1], batch.Reverse(input)))], -1);
    }

    public void Backward(Tensor loss) => loss.backward();

    private static Tensor Run(Module cell, Tensor input) => cell switch
    {
        LSTM lstm => lstm.call(input).Item1,
        GRU gru => gru.call(input).Item1,
        RNN rnn => rnn.call(input).Item1,
        _ => throw new InvalidOperationException($"{cell.GetName()} is no recurrent cell."),
    };
}
