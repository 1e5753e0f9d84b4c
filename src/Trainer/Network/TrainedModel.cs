using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A checkpoint as TorchSharp computes it, to compare with. Not thread-safe.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly SentimentNetwork _network;

    private TrainedModel(SentimentNetwork network) => _network = network;

    /// <summary>Loads libtorch and the weights.</summary>
    public static TrainedModel Load(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new TrainedModel(SentimentNetwork.WithWeights(
            checkpoint.Config.Model, checkpoint.Vocabulary.Count,
            LabelScores.LogitCount(checkpoint.Config.Labels.Count),
            checkpoint.Weights));
    }

    /// <summary>The logits of a batch, row by row in its order, <c>[batch, logits]</c>.</summary>
    public float[] Logits(TokenBatch texts) => _network.Predict(texts);

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
