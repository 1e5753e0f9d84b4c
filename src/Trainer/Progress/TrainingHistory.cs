using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Trainer;

/// <summary>What one epoch did.</summary>
public sealed record EpochMetrics
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean cross-entropy in nats over the epoch's training steps, dropout acting.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of training texts classified rightly in those steps, dropout acting.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Mean cross-entropy in nats over the validation texts after the epoch.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>Share of validation texts classified rightly after the epoch.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>The optimizer's step size in the epoch's last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>
    /// Wall-clock time of the training steps, without validation. Not written: the same training gives the same file.
    /// </summary>
    [JsonIgnore]
    public double Seconds { get; init; }
}

/// <summary>The epochs of a training, as <c>history.json</c> holds them.</summary>
public sealed record TrainingHistory
{
    /// <summary>The epochs in order.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The epoch with the lowest validation loss, whose weights are kept; null before the first.</summary>
    [JsonIgnore]
    public EpochMetrics? Best => Epochs.MinBy(epoch => epoch.ValidationLoss);

    /// <summary>The number of epochs since the best one.</summary>
    [JsonIgnore]
    public int EpochsSinceBest => Epochs.Count - (Best?.Epoch ?? 0);

    /// <summary>The history with one more epoch.</summary>
    public TrainingHistory Add(EpochMetrics epoch) => new() { Epochs = [.. Epochs, epoch] };

    /// <summary>The JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HistoryJson.Default.TrainingHistory) + "\n";

    /// <summary>Reads <see cref="ToJson"/>'s text.</summary>
    public static TrainingHistory Parse(string json) =>
        JsonSerializer.Deserialize(json, HistoryJson.Default.TrainingHistory)!;
}
