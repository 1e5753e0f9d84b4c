using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Writes a training's figures for TensorBoard: <c>train/loss</c>, <c>train/accuracy</c>, <c>validation/loss</c> and
/// <c>validation/accuracy</c> (losses in nats) by epoch, <c>learning_rate</c> and <c>examples_per_second</c> by step;
/// of teachers as runs of their own, in folders with the names of their stages. Every figure is in the file when the
/// call returns, so that nothing is lost where a process is killed. Not thread-safe.
/// </summary>
public sealed class TensorBoardLog : ITrainingObserver
{
    private readonly string _folder;
    private readonly SummaryWriter _network;
    private SummaryWriter _writer;

    /// <summary>Creates a file of events.</summary>
    /// <param name="folder">
    /// Made when it is missing. Files of earlier trainings stay, and TensorBoard joins them: right for a continued
    /// training, wrong for another one.
    /// </param>
    /// <exception cref="IOException">The folder or the file cannot be written.</exception>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
        _writer = _network = tensorboard.SummaryWriter(folder);
    }

    /// <inheritdoc/>
    public void OnStage(TrainingStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        if (stage.Share is null)
        {
            _writer = stage.Name == TrainingStage.Network
                ? _network
                : tensorboard.SummaryWriter(Path.Combine(_folder, stage.Name));
        }
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Add("learning_rate", progress.LearningRate, progress.Step);
        Add("examples_per_second", progress.ExamplesPerSecond, progress.Step);
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var epoch = history.Epochs[^1];
        Add("train/loss", epoch.TrainLoss, epoch.Epoch);
        Add("train/accuracy", epoch.TrainAccuracy, epoch.Epoch);
        Add("validation/loss", epoch.ValidationLoss, epoch.Epoch);
        Add("validation/accuracy", epoch.ValidationAccuracy, epoch.Epoch);
    }

    // The format has single precision.
    private void Add(string tag, double value, int position) => _writer.add_scalar(tag, (float)value, position);
}
