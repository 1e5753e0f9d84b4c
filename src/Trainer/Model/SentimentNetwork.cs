using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The classifier as TorchSharp computes it: embedding, recurrent layers and readout or a bag, linear layer. Not thread-safe.
/// </summary>
public sealed class SentimentNetwork : Module
{
    private readonly Embedding _embedding;
    private readonly ModuleList<RecurrentLayer> _layers = [];
    private readonly Readout _readout;
    private readonly BagLayer? _bag;
    private readonly Linear _classifier;
    private readonly Dropout _embeddingDropout;
    private readonly Dropout _recurrentDropout;
    private readonly Dropout _readoutDropout;

    // Kept, because TorchSharp's embedding makes a new native handle whenever it is asked for its weight.
    private readonly (string Name, Parameter Parameter)[] _weights;

    /// <summary>Creates the network with Keras' initial weights, drawn from libtorch's global generator.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="vocabularySize">Rows of the embedding.</param>
    /// <param name="outputs">Rows of the classifier: those of <see cref="LabelScores.LogitCount"/>, 1 for two labels.</param>
    public SentimentNetwork(ModelConfig config, int vocabularySize, int outputs = 1)
        : base(nameof(SentimentNetwork))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Validated();
        Outputs = outputs;
        _embedding = Embedding(vocabularySize, config.EmbeddingSize);
        _bag = config.IsRecurrent ? null : new BagLayer(config);
        for (var layer = 0; config.IsRecurrent && layer < config.Layers; layer++)
        {
            _layers.Add(new RecurrentLayer(config, layer));
        }

        _readout = new Readout(config);
        _classifier = Linear(config.ReadoutSize, outputs);
        _embeddingDropout = Dropout(config.EmbeddingDropout);
        _recurrentDropout = Dropout(config.RecurrentDropout);
        _readoutDropout = Dropout(config.ReadoutDropout);
        RegisterComponents();
        _weights =
        [
            (WeightNames.Embedding, _embedding.weight!),
            .. _layers.SelectMany(layer => layer.NamedWeights()),
            .. _bag?.NamedWeights() ?? [],
            .. _readout.NamedWeights(),
            (WeightNames.Classifier, _classifier.weight),
            (WeightNames.ClassifierBias, _classifier.bias!),
        ];
        KerasInitialization.Apply(config, _weights);
    }

    /// <summary>The architecture.</summary>
    public ModelConfig Config { get; }

    /// <summary>Numbers that the classifier gives a text.</summary>
    public int Outputs { get; }

    /// <summary>Computes the logits of a batch; dropout acts in training mode alone.</summary>
    /// <returns><c>[batch, outputs]</c>, in the caller's dispose scope.</returns>
    public Tensor Logits(TokenBatch texts) => Logits(texts, tape: null);

    /// <summary>As <see cref="Logits(TokenBatch)"/>, on the faster way of training steps.</summary>
    internal Tensor Logits(TokenBatch texts, Tape? tape)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var batch = SequenceBatch.From(texts);
        var vectors = Vectors(batch);
        var features = _bag?.Read(vectors, batch) ?? ReadStates(vectors, batch, tape);
        return _classifier.call(_readoutDropout.call(features));
    }

    /// <summary>
    /// The word vectors, <c>[sequence, batch, embedding]</c>. In training mode a text lacks the same components at every word
    /// (variational dropout: Gal and Ghahramani, NIPS 2016), so that no other word makes up for them.
    /// </summary>
    internal Tensor Vectors(SequenceBatch batch)
    {
        var vectors = _embedding.call(batch.Ids);
        return training && Config.EmbeddingDropout > 0
            ? vectors * _embeddingDropout.call(ones([1, vectors.shape[1], vectors.shape[2]]))
            : vectors;
    }

    /// <summary>The parameters by the names that checkpoints use, in the order of <see cref="ModelConfig.WeightShapes"/>.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> NamedWeights() => _weights;

    /// <summary>Copies the weights out of libtorch.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> CopyWeights() =>
        _weights.ToDictionary(w => w.Name, w => TensorData.Copy(w.Parameter), StringComparer.Ordinal);

    /// <summary>Overwrites the weights; names and shapes have to be this network's.</summary>
    public void SetWeights(IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (var (name, _) in _weights)
        {
            SetWeight(name, weights[name]);
        }
    }

    /// <summary>Overwrites one weight.</summary>
    internal void SetWeight(string name, SafetensorsTensor values)
    {
        using var _ = no_grad();
        TensorData.Overwrite(_weights.First(w => w.Name == name).Parameter, values);
    }

    private Tensor ReadStates(Tensor steps, SequenceBatch batch, Tape? tape)
    {
        for (var layer = 0; layer < _layers.Count - 1; layer++)
        {
            steps = _recurrentDropout.call(_layers[layer].AllStates(steps, batch, tape));
        }

        return _readout.Read(_layers[^1], steps, batch, tape);
    }
}
