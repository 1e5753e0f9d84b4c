using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Trainer.Internals;
using OnnxSentiment.Trainer.Model;
using TorchSharp.Modules;

namespace OnnxSentiment.Trainer.Training;

/// <summary>
/// All that a training needs to go on after an epoch: the network's and the best weights, the optimizer's moments, the
/// history. One safetensors file, replaced whole after every epoch. Random numbers need no state: every epoch draws from a
/// seed of its own.
/// </summary>
internal sealed class TrainingState
{
    private const string CurrentPrefix = "current/";
    private const string BestPrefix = "best/";
    private const string OptimizerKey = "optimizer";
    private const string RecipeKey = "recipe";
    private const string DataKey = "data_sha256";
    private const string HistoryKey = "history";

    private readonly IReadOnlyDictionary<string, SafetensorsTensor> _current;
    private readonly SafetensorsTensor _optimizer;

    private TrainingState(
        IReadOnlyDictionary<string, SafetensorsTensor> current,
        IReadOnlyDictionary<string, SafetensorsTensor> best,
        SafetensorsTensor optimizer,
        TrainingHistory history)
    {
        _current = current;
        Best = best;
        _optimizer = optimizer;
        History = history;
    }

    /// <summary>The weights of the epoch with the lowest validation loss.</summary>
    internal IReadOnlyDictionary<string, SafetensorsTensor> Best { get; }

    internal TrainingHistory History { get; }

    /// <summary>Takes the state after an epoch that <paramref name="history"/> ends with.</summary>
    internal static TrainingState Capture(
        SentimentNetwork network, Adam optimizer, TrainingHistory history, TrainingState? previous)
    {
        var current = network.CopyWeights();
        var best = history.EpochsSinceBest == 0 ? current : previous!.Best;
        return new TrainingState(current, best, SaveOptimizer(optimizer), history);
    }

    internal void Restore(SentimentNetwork network, Adam optimizer, double learningRate)
    {
        network.SetWeights(_current);
        using var reader = new BinaryReader(new MemoryStream(_optimizer.Data.ToArray()));
        optimizer.load_state_dict(reader);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = learningRate; // the moments come from the state, the rate from the recipe
        }
    }

    internal void Write(string path, TrainingRecipe recipe, DataDescription data)
    {
        var tensors = _current.Select(w => KeyValuePair.Create(CurrentPrefix + w.Key, w.Value))
            .Concat(Best.Select(w => KeyValuePair.Create(BestPrefix + w.Key, w.Value)))
            .Append(KeyValuePair.Create(OptimizerKey, _optimizer));
        var metadata = new Dictionary<string, string>
        {
            [RecipeKey] = Identity(recipe),
            [DataKey] = data.Sha256,
            [HistoryKey] = History.ToJson(),
        };
        new SafetensorsFile { Tensors = tensors.ToDictionary(), Metadata = metadata }.Write(path);
    }

    /// <summary>Reads the state of an interrupted training and makes sure that it is of this recipe and these data.</summary>
    internal static TrainingState Read(string path, TrainingRecipe recipe, DataDescription data)
    {
        var file = SafetensorsFile.Read(path);
        if (!file.Metadata.TryGetValue(RecipeKey, out var oldRecipe)
            || !file.Metadata.TryGetValue(DataKey, out var oldData)
            || !file.Metadata.TryGetValue(HistoryKey, out var history)
            || !file.Tensors.TryGetValue(OptimizerKey, out var optimizer))
        {
            throw new InvalidInputException($"'{path}' is no state of a training; delete it and train anew.");
        }

        if (oldRecipe != Identity(recipe) || oldData != data.Sha256)
        {
            throw new InvalidInputException(
                $"'{path}' belongs to a training with {(oldData != data.Sha256 ? "other data" : "other settings")}: repeat the same command, or train anew with --restart.");
        }

        try
        {
            return new TrainingState(
                WithPrefix(file, CurrentPrefix), WithPrefix(file, BestPrefix), optimizer, TrainingHistory.Parse(history));
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    /// <summary>The error of a file that is a training's state by its looks, and cannot be used.</summary>
    internal static InvalidInputException Damaged(string path, Exception cause) =>
        new($"'{path}' is a damaged state of a training: train anew with --restart.", cause);

    // All settings but those that a continuation may change: after a loss that was no number, the same rate would only lead
    // there again.
    private static string Identity(TrainingRecipe recipe) => JsonSerializer.Serialize(
        recipe with { Training = recipe.Training with { LearningRate = 0, GradientClip = 0 } }, TrainerJson.Default.TrainingRecipe);

    private static SafetensorsTensor SaveOptimizer(Adam optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return new SafetensorsTensor(SafetensorsTensor.UInt8, [stream.Length], stream.ToArray());
    }

    private static Dictionary<string, SafetensorsTensor> WithPrefix(SafetensorsFile file, string prefix) =>
        file.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
}
