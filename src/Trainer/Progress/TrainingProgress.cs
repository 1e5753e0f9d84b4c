namespace OnnxSentiment.Trainer;

/// <summary>Where a training stands within an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The largest number of epochs.</param>
/// <param name="Examples">Texts of this epoch that have been trained on.</param>
/// <param name="ExamplesInEpoch">Texts of the whole epoch.</param>
/// <param name="Loss">Mean loss of the epoch so far, in nats.</param>
/// <param name="Accuracy">Share of the epoch's texts so far that were classified rightly.</param>
/// <param name="ExamplesPerSecond">Speed over the epoch so far.</param>
/// <param name="Step">The step over all epochs, from 1.</param>
/// <param name="LearningRate">The optimizer's step size in this step.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Examples, int ExamplesInEpoch, double Loss, double Accuracy, double ExamplesPerSecond,
    int Step, double LearningRate)
{
    /// <summary>Time to the end of the last epoch at this speed, validation aside.</summary>
    public TimeSpan TimeLeft =>
        TimeSpan.FromSeconds((((Epochs - Epoch + 1) * (double)ExamplesInEpoch) - Examples) / ExamplesPerSecond);
}

/// <summary>A part of a training.</summary>
/// <param name="Name">
/// In one word, as the file of its state is called: <c>vectors</c>, <c>network</c>, <c>teacher</c> …
/// </param>
/// <param name="Description">What is done, and on what.</param>
/// <param name="Share">How much of it is done, from 0 to 1; null where steps and epochs tell that.</param>
public sealed record TrainingStage(string Name, string Description, double? Share = null)
{
    /// <summary>The stage that every training ends with: the network that is kept.</summary>
    public const string Network = "network";
}

/// <summary>
/// Receives the progress of a training, on the training's own thread: what a callback throws ends the training. Every
/// callback does nothing by default.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>
    /// Called when another stage of the training begins, and now and then while it goes on without epochs.
    /// </summary>
    void OnStage(TrainingStage stage)
    {
    }

    /// <summary>Called after every step.</summary>
    void OnStep(TrainingProgress progress)
    {
    }

    /// <summary>Called after every epoch's validation.</summary>
    /// <param name="history">All epochs, the new one last.</param>
    void OnEpoch(TrainingHistory history)
    {
    }
}
