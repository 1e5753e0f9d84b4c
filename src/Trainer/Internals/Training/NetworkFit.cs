using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Internals.Lstm;
using OnnxSentiment.Trainer.Model;
using OnnxSentiment.Trainer.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Trainer.Internals.Training;

/// <summary>
/// Fits one network by Adam on the cross-entropy and keeps the weights of the epoch with the lowest validation loss. Goes on
/// from the state of an interrupted fit to the same weights as without the interruption. On a thread that libtorch was
/// prepared on.
/// </summary>
internal sealed class NetworkFit : IDisposable
{
    private readonly FitTask _task;
    private readonly TrainingContext _context;
    private readonly string? _stateFile;
    private readonly SentimentNetwork _network;
    private readonly NetworkOptimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly int _stepsInEpoch;

    internal NetworkFit(FitTask task, TrainingContext context)
    {
        (_task, _context) = (task, context);
        _stateFile = context.StateFile(task.Name);
        _stepsInEpoch = (task.Train.Count + Settings.BatchSize - 1) / Settings.BatchSize;
        manual_seed(SeedOf(epoch: 0));
        _network = new SentimentNetwork(task.Recipe.Model, task.VocabularySize);
        if (task.Vectors is { } vectors)
        {
            _network.SetWeight(WeightNames.Embedding, vectors);
        }

        _optimizer = new NetworkOptimizer(_network, Settings, (long)_stepsInEpoch * task.Epochs);
        _average = Settings.Averaging > 0 ? new WeightAverage(_network, Settings.Averaging) : null;
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
        _average?.Dispose();
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
            state.Restore(_network, _optimizer, _average, (long)state.History.Epochs.Count * _stepsInEpoch);
            return state;
        }
        catch (Exception e) when (e is KeyNotFoundException or IOException or FormatException or ArgumentException)
        {
            throw TrainingState.Damaged(_stateFile, e);
        }
    }

    private bool IsFinished(TrainingHistory? history) =>
        history is not null
        && (history.Epochs.Count >= _task.Epochs || (Settings.Patience > 0 && history.EpochsSinceBest >= Settings.Patience));

    private TrainingState RunEpoch(TrainingState? previous)
    {
        var history = previous?.History ?? new TrainingHistory { Epochs = [] };
        var trained = TrainEpoch(history.Epochs.Count + 1);
        var current = _network.CopyWeights();
        var kept = _average?.Copy() ?? current;
        _network.SetWeights(kept);
        var (loss, accuracy) = _network.Evaluate(_task.Validation);
        _network.SetWeights(current);
        history = history.Add(trained with { ValidationLoss = loss, ValidationAccuracy = accuracy });

        var state = new TrainingState(
            current, _average is null ? null : kept, history.EpochsSinceBest == 0 ? kept : previous!.Best, _optimizer.Save(), history);
        if (_stateFile is not null)
        {
            state.Write(_stateFile, _task);
        }

        _context.Observer?.OnEpoch(history);
        return state;
    }

    private EpochMetrics TrainEpoch(int epoch)
    {
        manual_seed(SeedOf(epoch));
        var random = new Random(SeedOf(epoch));
        var batches = BatchPlan.ForTraining(_task.Train, Settings.BatchSize, random);
        var step = (epoch - 1L) * _stepsInEpoch;
        var clock = Stopwatch.StartNew();
        var (examples, right, lossSum) = (0, 0, 0.0);
        foreach (var batch in batches)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            var done = TrainStep(step++, batch, Texts(batch, random));
            CheckFinite(done.Loss, epoch, batch);
            examples += batch.Length;
            right += done.Right;
            lossSum += done.Loss * batch.Length;
            _context.Observer?.OnStep(new TrainingProgress(
                epoch, _task.Epochs, examples, _task.Train.Count, lossSum / examples, (double)right / examples,
                examples / clock.Elapsed.TotalSeconds));
        }

        return new EpochMetrics
        {
            Epoch = epoch,
            TrainLoss = lossSum / examples,
            TrainAccuracy = (double)right / examples,
            Seconds = Math.Round(clock.Elapsed.TotalSeconds, 2),
            ValidationLoss = double.NaN,
            ValidationAccuracy = double.NaN,
        };
    }

    private (double Loss, int Right) TrainStep(long step, int[] batch, TokenBatch texts)
    {
        using var scope = NewDisposeScope();
        _network.train();
        var tape = new Tape(_context.Workers);
        var targets = tensor(batch.Select(text => _task.Train.Targets[text][0]).ToArray());
        var logits = _network.Logits(texts, tape);
        var loss = binary_cross_entropy_with_logits(logits, targets);

        _optimizer.ClearGradients();
        tape.Backward(loss);
        _optimizer.Step(step);
        _average?.Add();
        var right = logits.ge(0).eq(targets.gt(0.5)).sum().item<long>();
        return (loss.item<float>(), (int)right);
    }

    private TokenBatch Texts(int[] batch, Random random)
    {
        var texts = batch.Select(text => _task.Train.Ids[text]);
        return TokenBatch.Pad([.. Settings.WordDropout > 0 ? texts.Select(text => WithUnknowns(text, random)) : texts]);
    }

    // The start of the text stays.
    private long[] WithUnknowns(long[] text, Random random) =>
        [text[0], .. text[1..].Select(id => random.NextDouble() < Settings.WordDropout ? Vocabulary.UnknownId : id)];

    private static void CheckFinite(double loss, int epoch, int[] batch)
    {
        if (!double.IsFinite(loss))
        {
            throw new InvalidInputException(
                $"The loss became {loss} in epoch {epoch}, in the batch with training text {batch[0]}; try a lower learning_rate or a gradient_clip of 1.");
        }
    }

    // Every epoch draws from a seed of its own, so a continued training needs no generator's state.
    private int SeedOf(int epoch) => unchecked((Settings.Seed * 1_000_003) + epoch) & int.MaxValue;
}
