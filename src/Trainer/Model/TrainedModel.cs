using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A checkpoint as TorchSharp computes it, for whoever compares with it. Not thread-safe.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly SentimentNetwork _network;

    private TrainedModel(SentimentNetwork network) => _network = network;

    /// <summary>Loads libtorch and the weights.</summary>
    public static TrainedModel Load(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var (config, outputs) = (checkpoint.Config, LabelScores.LogitCount(checkpoint.Config.Labels.Count));
        var network = new SentimentNetwork(config.Model, checkpoint.Vocabulary.Count, outputs);
        network.SetWeights(checkpoint.Weights);
        return new TrainedModel(network);
    }

    /// <summary>The logits of a batch, row by row in its order, <c>[batch, outputs]</c>.</summary>
    public float[] Logits(TokenBatch texts) => _network.Predict(texts);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
