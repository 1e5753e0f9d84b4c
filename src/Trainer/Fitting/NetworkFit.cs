using OnnxSentiment.Core;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Fits one network by Adam on the cross-entropy and keeps the weights of the epoch with the lowest validation loss.
/// Goes on from the state of an interrupted fit to the same weights as without the interruption. On a thread that
/// libtorch was prepared on.
/// </summary>
internal sealed class NetworkFit : IDisposable
{
    private readonly FitTask _task;
    private readonly TrainingContext _context;
    private readonly string? _stateFile;
    private readonly SentimentNetwork _network;
    private readonly NetworkOptimizer _optimizer;
    private readonly WeightEma? _ema;
    private readonly int _stepsInEpoch;

    internal NetworkFit(FitTask task, TrainingContext context)
    {
        (_task, _context) = (task, context);
        _stateFile = context.StateFile(task.Name);
        _stepsInEpoch = (task.Train.Count + Settings.BatchSize - 1) / Settings.BatchSize;
        _network = CreateNetwork(task.Recipe, task.VocabularySize, task.LogitCount, task.Number, context.Workers);
        if (task.Vectors is { } vectors)
        {
            _network.SetWeight(WeightNames.Embedding, vectors);
        }

        _optimizer = new NetworkOptimizer(_network, Settings, (long)_stepsInEpoch * Settings.Epochs);
        _ema = Settings.Averaging > 0 ? new WeightEma(_network, Settings.Averaging) : null;
    }

    /// <summary>A network with the weights that the recipe's seed draws.</summary>
    internal static SentimentNetwork CreateNetwork(
        TrainingRecipe recipe, int vocabularySize, int logits, int number = 0, TorchWorkers? workers = null)
    {
        manual_seed(SeedOf(recipe.Training.Seed, number, epoch: 0));
        return new SentimentNetwork(recipe.Model, vocabularySize, logits, workers);
    }

    /// <summary>Fits to the end and leaves the best weights in <see cref="Network"/>.</summary>
    internal TrainingHistory Run()
    {
        var state = Resume();
        while (!IsFinished(state?.History))
        {
            state = RunEpoch(state);
        }

        _network.SetWeights(state!.Best);
        return state.History;
    }

    internal SentimentNetwork Network => _network;

    public void Dispose()
    {
        _ema?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private TrainingSettings Settings => _task.Recipe.Training;

    private TrainingState? Resume()
    {
        if (!File.Exists(_stateFile))
        {
            return null;
        }

        var state = TrainingState.Read(_stateFile, _task);
        try
        {
            state.Restore(_network, _optimizer, _ema, (long)state.History.Epochs.Count * _stepsInEpoch);
            return state;
        }
        catch (Exception e) when (e is KeyNotFoundException or IOException or FormatException or ArgumentException)
        {
            throw TrainingState.Damaged(_stateFile, e);
        }
    }

    private bool IsFinished(TrainingHistory? history) =>
        history is not null
        && (history.Epochs.Count >= Settings.Epochs
            || (Settings.Patience > 0 && history.EpochsSinceBest >= Settings.Patience));

    private TrainingState RunEpoch(TrainingState? previous)
    {
        var history = previous?.History ?? new TrainingHistory { Epochs = [] };
        var epoch = history.Epochs.Count + 1;
        var trained = TrainEpoch(epoch);
        var current = _network.CopyWeights();
        var kept = _ema?.Copy() ?? current;
        _network.SetWeights(kept);
        var (loss, accuracy) = ClassificationLoss.Measure(
            _network.Predict(_task.Validation.Ids, _context.Cancellation), _task.Validation.Targets);
        if (!double.IsFinite(loss))
        {
            throw NonFiniteLoss.InValidation(loss, PlaceOf(epoch, _stepsInEpoch));
        }

        _network.SetWeights(current);
        history = history.Add(trained with { ValidationLoss = loss, ValidationAccuracy = accuracy });
        var state = new TrainingState(
            current, _ema is null ? null : kept, history.EpochsSinceBest == 0 ? kept : previous!.Best,
            _optimizer.Save(), history);
        if (_stateFile is not null)
        {
            state.Write(_stateFile, _task);
        }

        _context.Observer?.OnEpoch(history);
        return state;
    }

    private EpochMetrics TrainEpoch(int epoch)
    {
        var seed = SeedOf(Settings.Seed, _task.Number, epoch);
        manual_seed(seed);
        var random = new Random(seed);
        var plan = BatchPlan.ForTraining(_task.Train, Settings.BatchSize, random);
        var start = _context.Time.GetTimestamp();
        var (examples, right, lossSum) = (0, 0, 0.0);
        foreach (var (index, batch) in LookAhead.Select(
            plan, texts => Prepare(texts, random), cancellation: _context.Cancellation).Index())
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            var step = StepOf(epoch, index);
            var (loss, rightOnes) = TrainStep(step, batch);
            if (!double.IsFinite(loss))
            {
                throw LossNotFinite(loss, plan, PlaceOf(epoch, index + 1));
            }

            examples += batch.Ids.Count;
            right += rightOnes;
            lossSum += loss * batch.Ids.Count;
            _context.Observer?.OnStep(new TrainingProgress(
                epoch, Settings.Epochs, examples, _task.Train.Count, lossSum / examples, (double)right / examples,
                examples / _context.Time.GetElapsedTime(start).TotalSeconds, (int)step + 1, _optimizer.LearningRate));
        }

        return new EpochMetrics
        {
            Epoch = epoch,
            TrainLoss = lossSum / examples,
            TrainAccuracy = (double)right / examples,
            LearningRate = _optimizer.LearningRate,
            Seconds = Math.Round(_context.Time.GetElapsedTime(start).TotalSeconds, 2),
            ValidationLoss = double.NaN,
            ValidationAccuracy = double.NaN,
        };
    }

    private (double Loss, int Right) TrainStep(long step, PreparedBatch batch)
    {
        using var scope = NewDisposeScope();
        _network.train();
        var targets = tensor(batch.Targets, [batch.Ids.Count, _network.LogitCount]);
        var logits = _network.Logits(batch.Ids);
        var loss = ClassificationLoss.Mean(logits, targets);
        var value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            return (value, 0); // before it reaches the weights, whose state says which step is to blame
        }

        _optimizer.ClearGradients();
        _network.Backward(loss);
        _optimizer.Step(step);
        _ema?.Add();
        return (value, ClassificationLoss.CountRight(logits, targets));
    }

    private PreparedBatch Prepare(int[] texts, Random random)
    {
        var ids = texts.Select(text => _task.Train.Ids[text]);
        return new PreparedBatch(
            TokenBatch.Pad([.. Settings.WordDropout > 0 ? ids.Select(text => WithUnknowns(text, random)) : ids]),
            [.. texts.SelectMany(text => _task.Train.Targets[text])]);
    }

    // The start of the text stays.
    private long[] WithUnknowns(long[] text, Random random) =>
        [text[0], .. text[1..].Select(id => random.NextDouble() < Settings.WordDropout ? Vocabulary.UnknownId : id)];

    private InvalidInputException LossNotFinite(double loss, IReadOnlyList<int[]> plan, StepPlace place)
    {
        var weightsAreFinite = _network.NamedWeights().All(weight => TensorData.IsFinite(weight.Parameter));
        return NonFiniteLoss.InStep(
            loss, place, NamesOf(plan[place.Step - 1]), weightsAreFinite || place.Step == 1
                ? null
                : NamesOf(plan[place.Step - 2]));
    }

    private string[] NamesOf(int[] batch) => Array.ConvertAll(batch, _task.Train.NameOf);

    private StepPlace PlaceOf(int epoch, int step) =>
        new(epoch, step, _stepsInEpoch, _optimizer.LearningRateAt(StepOf(epoch, step - 1)),
            IsKept: File.Exists(_stateFile));

    // Over all epochs, from 0.
    private long StepOf(int epoch, int index) => ((long)(epoch - 1) * _stepsInEpoch) + index;

    // Every epoch draws from a seed of its own, so a continued training needs no generator's state.
    private static int SeedOf(int seed, int number, int epoch) =>
        unchecked((seed * 1_000_003) + (number * 10_007) + epoch) & int.MaxValue;

    private sealed record PreparedBatch(TokenBatch Ids, float[] Targets);
}
