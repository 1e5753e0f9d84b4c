using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// A training whose checkpoint goes into a folder. Until it is there, a folder beside it, ending in <c>.resume</c>,
/// keeps the finished epochs, and another run of the same folder continues from them. One run of a folder trains at a
/// time, in this process and in others. Thread-safe.
/// </summary>
public sealed class TrainingRun
{
    private const string StateSuffix = ".resume", LockSuffix = ".lock";

    // As the systems name what FileShare.None refuses: Windows, Linux, macOS and the BSDs.
    private static readonly int[] SharingViolations = [unchecked((int)0x80070020), 11, 35];

    /// <summary>Names the folder; nothing is read or written yet.</summary>
    /// <param name="folder">Where the checkpoint goes; missing parents are made.</param>
    public TrainingRun(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
        StateFolder = Path.TrimEndingDirectorySeparator(folder) + StateSuffix;
    }

    /// <summary>The checkpoint's folder.</summary>
    public string Folder { get; }

    /// <summary>The folder that keeps what a continuation needs.</summary>
    public string StateFolder { get; }

    /// <summary>Whether an interrupted training has left something to continue from.</summary>
    public bool IsInterrupted => Directory.Exists(StateFolder) && Directory.EnumerateFiles(StateFolder).Any();

    /// <summary>Whether the checkpoint is there and nothing is left to continue.</summary>
    public bool IsFinished => Checkpoint.Exists(Folder) && !IsInterrupted;

    /// <summary>
    /// Throws when the checkpoint could not be written: call it before work that takes long.
    /// </summary>
    /// <exception cref="InvalidInputException">The folder exists and holds something that is no checkpoint.</exception>
    public void CheckFolder() => AtomicFolder.CheckReplaceable(Folder, Checkpoint.IsReplaceable);

    /// <summary>Prepares the texts, trains to the end and writes the checkpoint.</summary>
    /// <inheritdoc cref="Train(TrainingData, TrainingRecipe, ITrainingObserver?, bool, CancellationToken)"/>
    public TrainingResult Train(
        Dataset data, TrainingRecipe recipe, ITrainingObserver? observer = null, bool restart = false,
        CancellationToken cancellation = default)
    {
        CheckFolder();
        return Train(TrainingData.Prepare(data, recipe), recipe, observer, restart, cancellation);
    }

    /// <summary>
    /// Trains to the end and writes the checkpoint, replacing an older one; continues an interrupted training to the
    /// same weights as without the interruption. Blocks; see <see cref="SentimentTrainer"/>.
    /// </summary>
    /// <param name="data">The texts; prepared ones with the same recipe.</param>
    /// <param name="recipe">
    /// The settings. In a continuation the learning rate and the gradient's limit may differ from those of the
    /// interrupted training; all others have to be the same.
    /// </param>
    /// <param name="observer">Receives progress callbacks, on the training's own thread.</param>
    /// <param name="restart">Whether an interrupted training is forgotten, not continued.</param>
    /// <param name="cancellation">Ends the training within a step; the finished epochs are kept.</param>
    /// <exception cref="InvalidInputException">
    /// The folder holds something that is no checkpoint, another run of the folder is training, the kept state is
    /// damaged or of another training, or the loss became NaN or infinite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public TrainingResult Train(
        TrainingData data, TrainingRecipe recipe, ITrainingObserver? observer = null, bool restart = false,
        CancellationToken cancellation = default)
    {
        CheckFolder();
        using var turn = TakeTurn();
        if (restart)
        {
            DeleteState();
        }

        Directory.CreateDirectory(StateFolder);
        var result = SentimentTrainer.Train(recipe, data, StateFolder, observer, cancellation);
        result.Save(Folder);
        DeleteState();
        return result;
    }

    /// <summary>Deletes what an interrupted training has kept, so that the next one starts from scratch.</summary>
    /// <exception cref="InvalidInputException">Another run of the folder is training.</exception>
    public void Forget()
    {
        if (Directory.Exists(StateFolder))
        {
            using var turn = TakeTurn();
            DeleteState();
        }
    }

    // Two trainings of one folder would replace each other's state. The lock goes with the process, however it ends;
    // the file may stay after one that was killed, and locks nobody out.
    private FileStream TakeTurn()
    {
        var path = StateFolder + LockSuffix;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (SharingViolations.Contains(e.HResult))
        {
            throw new InvalidInputException(
                $"Another training holds '{path}': wait for its end, or choose another folder.", e);
        }
    }

    private void DeleteState()
    {
        if (Directory.Exists(StateFolder))
        {
            Directory.Delete(StateFolder, recursive: true);
        }
    }
}
