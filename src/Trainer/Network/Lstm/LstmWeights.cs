using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Trainer;

/// <summary>The weights of one direction of an LSTM, or gradients by them; gates in PyTorch's order.</summary>
/// <param name="Input"><c>[4·hidden, input]</c></param>
/// <param name="Recurrent"><c>[4·hidden, hidden]</c></param>
/// <param name="Bias"><c>[4·hidden]</c>: the sum of PyTorch's two biases.</param>
internal sealed record LstmWeights(Tensor Input, Tensor Recurrent, Tensor Bias)
{
    private const long Gates = 4;

    internal long HiddenSize => Recurrent.shape[1];

    internal LstmWeights ZerosLike() => new(zeros_like(Input), zeros_like(Recurrent), zeros_like(Bias));

    /// <summary>
    /// An LSTM of more states, which computes the same in the first ones; the others' weights are 0, and so they stay
    /// 0.
    /// </summary>
    internal LstmWeights WidenedTo(long hidden)
    {
        var more = hidden - HiddenSize;
        return more == 0 ? this : new(
            pad(Input.view(Gates, HiddenSize, -1), [0, 0, 0, more]).view(Gates * hidden, -1),
            pad(Recurrent.view(Gates, HiddenSize, -1), [0, more, 0, more]).view(Gates * hidden, -1),
            pad(Bias.view(Gates, -1), [0, more]).view(-1));
    }

    /// <summary>The part of the first states; takes back what <see cref="WidenedTo"/> does.</summary>
    internal LstmWeights NarrowedTo(long hidden) => hidden == HiddenSize ? this : new(
        FirstStates(Input, hidden), FirstStates(Recurrent, hidden).narrow(1, 0, hidden),
        FirstStates(Bias.unsqueeze(1), hidden).squeeze(1));

    private static Tensor FirstStates(Tensor gates, long hidden) =>
        gates.view(Gates, -1, gates.shape[1]).narrow(1, 0, hidden).reshape(Gates * hidden, -1);
}
