using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The initial weights of Keras' layers: uniform ±0.05 word vectors, Glorot-uniform input matrices over all gates
/// together, orthogonal recurrent matrices, zero biases but 1 for the LSTM's forget gate (Jozefowicz et al., ICML
/// 2015).
/// </summary>
internal static class KerasInitialization
{
    private const double EmbeddingRange = 0.05;

    internal static void Apply(ModelConfig config, IEnumerable<(string Name, Parameter Parameter)> weights)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in weights)
        {
            if (name == WeightNames.Embedding)
            {
                init.uniform_(parameter, -EmbeddingRange, EmbeddingRange);
            }
            else if (name.StartsWith("recurrent.weight_hh", StringComparison.Ordinal))
            {
                init.orthogonal_(parameter);
            }
            else if (parameter.dim() == 2)
            {
                init.xavier_uniform_(parameter);
            }
            else
            {
                init.zeros_(parameter);
                OpenForgetGate(config, name, parameter);
            }
        }
    }

    private static void OpenForgetGate(ModelConfig config, string name, Parameter bias)
    {
        // Of the two biases, which are added, one is enough. PyTorch's gate order is input, forget, cell, output.
        if (config.Cell == CellKind.Lstm && name.StartsWith("recurrent.bias_ih", StringComparison.Ordinal))
        {
            using var forget = bias.narrow(0, config.HiddenSize, config.HiddenSize);
            init.ones_(forget);
        }
    }
}
