using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>The parameters of one direction of one layer, with PyTorch's names.</summary>
internal sealed record LstmParameters(
    Parameter InputWeights, Parameter RecurrentWeights, Parameter InputBias, Parameter RecurrentBias)
{
    /// <summary>The values as they are now, the two biases added.</summary>
    internal LstmWeights Detached() =>
        new(InputWeights.detach(), RecurrentWeights.detach(), InputBias.detach() + RecurrentBias.detach());

    internal void AddGradients(LstmWeights gradients)
    {
        Add(InputWeights, gradients.Input);
        Add(RecurrentWeights, gradients.Recurrent);
        Add(InputBias, gradients.Bias);
        Add(RecurrentBias, gradients.Bias);
    }

    private static void Add(Parameter parameter, Tensor gradient)
    {
        using var _ = no_grad();
        using var sum = parameter.grad is { } before ? before + gradient : gradient.clone();
        parameter.grad = sum;
    }
}
