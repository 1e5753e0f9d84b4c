using System.Text.Json;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// All that a fit needs to go on after an epoch. One safetensors file, replaced whole after every epoch. Random numbers
/// need no state: every epoch draws from a seed of its own.
/// </summary>
/// <param name="Current">The network's weights.</param>
/// <param name="Average">The average of the weights, where there is one.</param>
/// <param name="Best">The weights of the epoch with the lowest validation loss.</param>
/// <param name="Optimizer">The optimizer's moments.</param>
/// <param name="History">The epochs so far.</param>
internal sealed record TrainingState(
    IReadOnlyDictionary<string, SafetensorsTensor> Current,
    IReadOnlyDictionary<string, SafetensorsTensor>? Average,
    IReadOnlyDictionary<string, SafetensorsTensor> Best,
    SafetensorsTensor Optimizer,
    TrainingHistory History)
{
    private const string CurrentPrefix = "current/";
    private const string AveragePrefix = "average/";
    private const string BestPrefix = "best/";
    private const string OptimizerKey = "optimizer";
    private const string RecipeKey = "recipe";
    private const string DataKey = "data_sha256";
    private const string HistoryKey = "history";

    internal void Restore(SentimentNetwork network, NetworkOptimizer optimizer, WeightEma? ema, long steps)
    {
        network.SetWeights(Current);
        optimizer.Restore(Optimizer);
        ema?.Restore(Average!, steps);
    }

    internal void Write(string path, FitTask task)
    {
        var tensors = WithPrefix(Current, CurrentPrefix)
            .Concat(WithPrefix(Average ?? new Dictionary<string, SafetensorsTensor>(), AveragePrefix))
            .Concat(WithPrefix(Best, BestPrefix))
            .Append(KeyValuePair.Create(OptimizerKey, Optimizer));
        var metadata = new Dictionary<string, string>
        {
            [RecipeKey] = Identity(task.Recipe),
            [DataKey] = task.DataSha256,
            [HistoryKey] = History.ToJson(),
        };
        new SafetensorsFile { Tensors = tensors.ToDictionary(), Metadata = metadata }.Write(path);
    }

    /// <summary>
    /// Reads the state of an interrupted fit and makes sure that it is of this recipe and these data.
    /// </summary>
    internal static TrainingState Read(string path, FitTask task)
    {
        var file = SafetensorsFile.Read(path);
        if (!file.Metadata.TryGetValue(RecipeKey, out var oldRecipe)
            || !file.Metadata.TryGetValue(DataKey, out var oldData)
            || !file.Metadata.TryGetValue(HistoryKey, out var history)
            || !file.Tensors.TryGetValue(OptimizerKey, out var optimizer))
        {
            throw new InvalidInputException($"'{path}' is no state of a training; delete it and train anew.");
        }

        if (oldRecipe != Identity(task.Recipe) || oldData != task.DataSha256)
        {
            throw new InvalidInputException(
                $"'{path}' belongs to a training with " +
                $"{(oldData != task.DataSha256 ? "other data" : "other settings")}: repeat the same command, or " +
                $"train anew with --restart.");
        }

        try
        {
            return new TrainingState(
                Under(file, CurrentPrefix), task.Recipe.Training.Averaging > 0 ? Under(file, AveragePrefix) : null,
                Under(file, BestPrefix), optimizer, TrainingHistory.Parse(history));
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>The error of a file that is a training's state by its looks, and cannot be used.</summary>
    internal static InvalidInputException Damaged(string path, Exception cause) =>
        new($"'{path}' is a damaged state of a training: train anew with --restart.", cause);

    // All settings but those that a continuation may change: after a loss that was no number, the same rate would only
    // lead there again.
    private static string Identity(TrainingRecipe recipe) => JsonSerializer.Serialize(
        recipe with { Training = recipe.Training with { LearningRate = 0, GradientClip = 0 } },
        RecipeJson.Default.TrainingRecipe);

    private static IEnumerable<KeyValuePair<string, SafetensorsTensor>> WithPrefix(
        IReadOnlyDictionary<string, SafetensorsTensor> tensors, string prefix) =>
        tensors.Select(tensor => KeyValuePair.Create(prefix + tensor.Key, tensor.Value));

    private static Dictionary<string, SafetensorsTensor> Under(SafetensorsFile file, string prefix) =>
        file.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
}
