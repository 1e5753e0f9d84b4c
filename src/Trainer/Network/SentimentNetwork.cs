using OnnxSentiment.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The classifier as TorchSharp computes it: embedding, recurrent layers and readout or a bag, linear layer. Not
/// thread-safe.
/// </summary>
internal sealed class SentimentNetwork : Module
{
    private readonly Embedding _embedding;
    private readonly ModuleList<RecurrentCells> _layers = [];
    private readonly IRecurrence _recurrence;
    private readonly Readout _readout;
    private readonly BagLayer? _bag;
    private readonly Linear _classifier;
    private readonly Dropout _embeddingDropout;
    private readonly Dropout _recurrentDropout;
    private readonly Dropout _readoutDropout;

    // Kept, because TorchSharp's embedding makes a new native handle whenever it is asked for its weight.
    private readonly (string Name, Parameter Parameter)[] _weights;

    static SentimentNetwork() => LibTorchVariables.Set();

    /// <summary>Creates the network with Keras' initial weights, drawn from libtorch's global generator.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="vocabularySize">Rows of the embedding.</param>
    /// <param name="logits">
    /// Rows of the classifier: those of <see cref="LabelScores.LogitCount"/>, 1 for two labels.
    /// </param>
    /// <param name="workers">For the faster LSTM of trainings, which runs on these; null for libtorch's own.</param>
    internal SentimentNetwork(ModelConfig config, int vocabularySize, int logits = 1, TorchWorkers? workers = null)
        : base(nameof(SentimentNetwork))
    {
        Config = config.Validated();
        LogitCount = logits;
        _embedding = Embedding(vocabularySize, config.EmbeddingSize);
        _bag = config.IsRecurrent ? null : new BagLayer(config);
        for (var layer = 0; config.IsRecurrent && layer < config.Layers; layer++)
        {
            _layers.Add(new RecurrentCells(config, layer));
        }

        _recurrence = workers is not null && config.Cell == CellKind.Lstm
            ? new LstmRecurrence(workers)
            : new LibTorchRecurrence();
        _readout = new Readout(config);
        _classifier = Linear(config.ReadoutSize, logits);
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
    internal ModelConfig Config { get; }

    /// <summary>Logits of a text.</summary>
    internal int LogitCount { get; }

    /// <summary>A network with the weights of a trained one, computed by libtorch alone.</summary>
    internal static SentimentNetwork WithWeights(
        ModelConfig config, int vocabularySize, int logits, IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
        var network = new SentimentNetwork(config, vocabularySize, logits);
        network.SetWeights(weights);
        return network;
    }

    /// <summary>Computes the logits of a batch; dropout acts in training mode alone.</summary>
    /// <returns><c>[batch, logits]</c>, in the caller's dispose scope.</returns>
    internal Tensor Logits(TokenBatch texts)
    {
        var batch = SequenceBatch.From(texts);
        var vectors = Vectors(batch);
        var features = _bag?.Read(vectors, batch) ?? ReadStates(vectors, batch);
        return _classifier.call(_readoutDropout.call(features));
    }

    /// <summary>Computes the gradients of all weights from a loss of the latest <see cref="Logits"/>.</summary>
    internal void Backward(Tensor loss) => _recurrence.Backward(loss);

    /// <summary>
    /// The word vectors, <c>[sequence, batch, embedding]</c>. In training mode a text lacks the same components at
    /// every word (variational dropout: Gal and Ghahramani, NIPS 2016), so that no other word makes up for them.
    /// </summary>
    internal Tensor Vectors(SequenceBatch batch)
    {
        var vectors = _embedding.call(batch.Ids);
        return training && Config.EmbeddingDropout > 0
            ? vectors * _embeddingDropout.call(ones([1, vectors.shape[1], vectors.shape[2]]))
            : vectors;
    }

    /// <summary>
    /// The parameters by the names that checkpoints use, in the order of <see cref="ModelConfig.WeightShapes"/>.
    /// </summary>
    internal IReadOnlyList<(string Name, Parameter Parameter)> NamedWeights() => _weights;

    /// <summary>Copies the weights out of libtorch.</summary>
    internal IReadOnlyDictionary<string, SafetensorsTensor> CopyWeights() =>
        _weights.ToDictionary(w => w.Name, w => TensorData.Copy(w.Parameter), StringComparer.Ordinal);

    /// <summary>Overwrites the weights; names and shapes have to be this network's.</summary>
    internal void SetWeights(IReadOnlyDictionary<string, SafetensorsTensor> weights)
    {
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

    private Tensor ReadStates(Tensor steps, SequenceBatch batch)
    {
        _recurrence.BeginStep();
        for (var layer = 0; layer < _layers.Count - 1; layer++)
        {
            steps = _recurrentDropout.call(_recurrence.AllStates(_layers[layer], steps, batch));
        }

        return _readout.Kind == ReadoutKind.Last
            ? _recurrence.LastStates(_layers[^1], steps, batch)
            : _readout.Read(_recurrence.AllStates(_layers[^1], steps, batch), batch);
    }
}
