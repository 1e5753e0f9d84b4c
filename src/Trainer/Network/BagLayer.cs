using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// What stands in the place of recurrent layers and readout in a bag of words: the mean of a text's word vectors, a
/// bias and ReLU. See <see cref="CellKind.Bag"/>.
/// </summary>
internal sealed class BagLayer : Module
{
    private readonly Parameter _bias;

    internal BagLayer(ModelConfig config)
        : base(nameof(BagLayer))
    {
        _bias = Parameter(zeros(config.EmbeddingSize));
        RegisterComponents();
    }

    /// <summary>The parameter by the name that checkpoints use.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> NamedWeights() => [(WeightNames.HiddenBias, _bias)];

    /// <summary>One vector a text.</summary>
    /// <param name="vectors">Word vectors, <c>[sequence, batch, embedding]</c>.</param>
    /// <param name="batch">Which steps are tokens.</param>
    /// <returns><c>[batch, embedding]</c></returns>
    internal Tensor Read(Tensor vectors, SequenceBatch batch) => (Readout.Mean(vectors, batch) + _bias).relu();
}
