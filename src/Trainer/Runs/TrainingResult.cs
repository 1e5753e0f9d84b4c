using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>What a training leaves: the checkpoint and how it came to be.</summary>
/// <param name="Checkpoint">The weights of the chosen epoch, and all that belongs to them.</param>
/// <param name="History">All epochs.</param>
public sealed record TrainingResult(Checkpoint Checkpoint, TrainingHistory History)
{
    /// <summary>Writes the checkpoint's folder with history and curves; never half of it.</summary>
    /// <exception cref="Core.InvalidInputException">The folder holds something that is no checkpoint.</exception>
    public void Save(string folder) => Checkpoint.Save(folder, temporary =>
    {
        AtomicFile.WriteTo(
            Path.Combine(temporary, Checkpoint.HistoryFile), file => File.WriteAllText(file, History.ToJson()));
        AtomicFile.WriteTo(
            Path.Combine(temporary, Checkpoint.CurvesFile), file => LearningCurves.SavePng(History, file));
    });

    /// <summary>Measures the chosen weights and describes them.</summary>
    internal static TrainingResult Create(
        TrainingRecipe recipe, TrainingData data, SentimentNetwork network, TrainingHistory history,
        double? temperature,
        CancellationToken cancellation)
    {
        var config = new CheckpointConfig
        {
            Model = recipe.Model,
            Text = recipe.Text,
            Labels = data.Labels,
            Training = recipe.LearningToJson(),
            Data = data.Description,
            Metrics = Measure(data, network, history, temperature, cancellation),
        };
        return new TrainingResult(new Checkpoint(config, data.Vocabulary, network.CopyWeights()), history);
    }

    private static SortedDictionary<string, double> Measure(
        TrainingData data, SentimentNetwork network, TrainingHistory history, double? temperature,
        CancellationToken cancellation)
    {
        var (validationLoss, validationAccuracy) = network.Evaluate(data.Validation, cancellation);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["epoch"] = history.Best!.Epoch,
            ["validation_accuracy"] = validationAccuracy,
            ["validation_loss"] = validationLoss,
        };
        if (temperature is { } folded)
        {
            metrics["temperature"] = folded;
        }

        if (data.Test.Count > 0)
        {
            (metrics["test_loss"], metrics["test_accuracy"]) = network.Evaluate(data.Test, cancellation);
        }

        return metrics;
    }
}
