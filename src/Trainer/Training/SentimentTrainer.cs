using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Models;
using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Internals;
using OnnxSentiment.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Training;

/// <summary>
/// Fits a network by Adam on the cross-entropy, keeps the weights of the epoch with the lowest validation loss, and
/// looks at the test split once, at the end. Same recipe, data, machine and number of threads: same weights.
/// </summary>
public sealed class SentimentTrainer
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainingData _data;
    private readonly ITrainingObserver? _observer;
    private readonly string? _stateFile;
    private readonly CancellationToken _cancellation;

    private SentimentTrainer(
        TrainingRecipe recipe, TrainingData data, string? stateFile, ITrainingObserver? observer, CancellationToken cancellation)
    {
        _recipe = recipe;
        _data = data;
        _stateFile = stateFile;
        _observer = observer;
        _cancellation = cancellation;
    }

    /// <summary>Trains to the end. Blocks; libtorch runs on a thread of its own.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">The texts, prepared with the same recipe.</param>
    /// <param name="stateFile">
    /// Where to keep what a continuation needs, replaced after every epoch. If it exists, the training goes on from it to
    /// the same weights as without the interruption. Null: nothing is kept.
    /// </param>
    /// <param name="observer">Hears of the progress.</param>
    /// <param name="cancellation">Ends the training within one step; the state file keeps what the epochs before did.</param>
    /// <exception cref="InvalidInputException">
    /// The state file is damaged or of another training, or the loss is no longer a finite number.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public static TrainingResult Train(
        TrainingRecipe recipe,
        TrainingData data,
        string? stateFile = null,
        ITrainingObserver? observer = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        var trainer = new SentimentTrainer(recipe.Validated(), data, stateFile, observer, cancellation);
        return TrainingThread.Run(recipe.Training.Threads, trainer.Run);
    }

    private TrainingSettings Settings => _recipe.Training;

    private TrainingResult Run()
    {
        manual_seed(SeedOf(epoch: 0));
        using var network = new SentimentNetwork(_recipe.Model, _data.Vocabulary.Count, LabelScores.OutputsFor(_data.Labels.Count));
        using var optimizer = optim.Adam(network.parameters(), Settings.LearningRate);
        var state = Resume(network, optimizer);
        while (!IsFinished(state?.History))
        {
            state = RunEpoch(network, optimizer, state);
        }

        network.SetWeights(state!.Best);
        return TrainingResult.Create(_recipe, _data, network, state.History);
    }

    private TrainingState? Resume(SentimentNetwork network, Adam optimizer)
    {
        if (!File.Exists(_stateFile))
        {
            return null;
        }

        var state = TrainingState.Read(_stateFile, _recipe, _data.Description);
        try
        {
            state.Restore(network, optimizer);
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

    private TrainingState RunEpoch(SentimentNetwork network, Adam optimizer, TrainingState? previous)
    {
        var history = previous?.History ?? new TrainingHistory { Epochs = [] };
        var epoch = history.Epochs.Count + 1;
        var trained = TrainEpoch(network, optimizer, epoch);
        var (loss, accuracy) = network.Evaluate(_data.Validation);
        history = history.Add(trained with { ValidationLoss = loss, ValidationAccuracy = accuracy });

        var state = TrainingState.Capture(network, optimizer, history, previous);
        if (_stateFile is not null)
        {
            state.Write(_stateFile, _recipe, _data.Description);
        }

        _observer?.OnEpoch(history);
        return state;
    }

    private EpochMetrics TrainEpoch(SentimentNetwork network, Adam optimizer, int epoch)
    {
        manual_seed(SeedOf(epoch));
        var batches = BatchPlan.ForTraining(_data.Train, Settings.BatchSize, new Random(SeedOf(epoch)));
        var clock = Stopwatch.StartNew();
        var (examples, right, lossSum) = (0, 0, 0.0);
        foreach (var batch in batches)
        {
            _cancellation.ThrowIfCancellationRequested();
            var step = TrainStep(network, optimizer, batch);
            CheckFinite(step.Loss, epoch, batch);
            examples += batch.Length;
            right += step.Right;
            lossSum += step.Loss * batch.Length;
            _observer?.OnStep(new TrainingProgress(
                epoch, Settings.Epochs, examples, _data.Train.Count, lossSum / examples, (double)right / examples,
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

    private (double Loss, int Right) TrainStep(SentimentNetwork network, Adam optimizer, int[] batch)
    {
        using var scope = NewDisposeScope();
        network.train();
        var targets = tensor(batch.SelectMany(text => _data.Train.Targets[text]).ToArray(), [batch.Length, network.Outputs]);
        var logits = network.Logits(TokenBatch.Pad([.. batch.Select(text => _data.Train.Ids[text])]));
        var loss = ClassificationLoss.Mean(logits, targets);

        optimizer.zero_grad();
        loss.backward();
        if (Settings.GradientClip > 0)
        {
            nn.utils.clip_grad_norm_(network.parameters(), Settings.GradientClip);
        }

        optimizer.step();
        return (loss.item<float>(), ClassificationLoss.CountRight(logits, targets));
    }

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
