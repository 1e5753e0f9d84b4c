using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Internals.Lstm;

/// <summary>The weights of one direction of an LSTM, or gradients by them; gates in PyTorch's order.</summary>
/// <param name="Input"><c>[4·hidden, input]</c></param>
/// <param name="Recurrent"><c>[4·hidden, hidden]</c></param>
/// <param name="Bias"><c>[4·hidden]</c>: the sum of PyTorch's two biases.</param>
internal sealed record LstmWeights(Tensor Input, Tensor Recurrent, Tensor Bias)
{
    internal long HiddenSize => Recurrent.shape[1];

    internal LstmWeights ZerosLike() => new(zeros_like(Input), zeros_like(Recurrent), zeros_like(Bias));
}
