using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>The folder of a training: its lock, the state beside it, and the checkpoint.</summary>
public class TrainingRunTests
{
    private static readonly TrainingRecipe Recipe = TinyData.Recipe.With("epochs=2");

    private TemporaryFolder _temporary = null!;

    private string Folder => Path.Combine(_temporary.Path, "runs", "checkpoint");

    private TrainingRun Run => new(Folder);

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    [Test]
    public void Train_ToTheEnd_LeavesTheCheckpointAlone()
    {
        var result = Run.Train(TinyData.Prepare(Recipe), Recipe);

        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!), Is.EqualTo(new[] { Folder }));
        Assert.That(Weights(Checkpoint.Load(Folder)), Is.EqualTo(Weights(result.Checkpoint)));
        Assert.That(Run.IsFinished);
        Assert.That(Run.IsInterrupted, Is.False);
    }

    [Test]
    public void Train_Interrupted_ContinuesToTheWeightsOfATrainingWithoutTheStop()
    {
        Interrupt();
        Assert.That(Run.IsInterrupted);
        Assert.That(Run.IsFinished, Is.False);
        var epochs = new List<int>();

        var continued = Run.Train(TinyData.Dataset, Recipe, new Epochs(epochs.Add));

        Assert.That(epochs, Is.EqualTo(new[] { 2 }), "the first one was kept");
        Assert.That(Weights(continued.Checkpoint),
            Is.EqualTo(Weights(SentimentTrainer.Train(Recipe, TinyData.Prepare(Recipe)).Checkpoint)));
        Assert.That(Directory.Exists(Run.StateFolder), Is.False);
    }

    [Test]
    public void Train_Restart_ForgetsTheInterruptedTraining()
    {
        Interrupt();
        var epochs = new List<int>();
        Run.Train(TinyData.Dataset, Recipe, new Epochs(epochs.Add), restart: true);
        Assert.That(epochs, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Forget_InterruptedTraining_DeletesItsState()
    {
        Interrupt();
        Run.Forget();
        Assert.That(Run.IsInterrupted, Is.False);
        Assert.That(() => Run.Forget(), Throws.Nothing, "nothing to forget");
    }

    // A folder of its own name, so that a slash at the end is the same run.
    [Test]
    public void Train_WhileAnotherTrains_IsRefusedAndLeavesItsState()
    {
        Interrupt();
        var second = new TrainingRun(Folder + Path.DirectorySeparatorChar);
        var refused = 0;
        Run.Train(TinyData.Dataset, Recipe, new Epochs(_ =>
        {
            Action[] attempts =
            [
                () =>
                    second.Train(TinyData.Dataset, Recipe), () => second.Train(TinyData.Dataset, Recipe, restart: true),
                second.Forget,
            ];
            refused = attempts.Count(attempt => IsRefused(attempt, ".resume.lock"));
        }));
        Assert.That(refused, Is.EqualTo(3));
    }

    [Test]
    public void Train_FolderOfOtherFiles_IsRefusedBeforeTheTraining()
    {
        _temporary.Write("runs/checkpoint/notes.txt", "mine");
        Assert.That(
            () => Run.Train(TinyData.Dataset, Recipe, new Epochs(_ => Assert.Fail("trained"))),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains(Folder));
        Assert.That(() => Run.CheckFolder(), Throws.InstanceOf<InvalidInputException>());
        Assert.That(Directory.Exists(Run.StateFolder), Is.False);
    }

    private void Interrupt()
    {
        using var stop = new CancellationTokenSource();
        Assert.That(
            () => Run.Train(TinyData.Dataset, Recipe, new Epochs(_ => stop.Cancel()), cancellation: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static bool IsRefused(Action action, string message)
    {
        try
        {
            action();
            return false;
        }
        catch (InvalidInputException e)
        {
            return e.Message.Contains(message, StringComparison.Ordinal);
        }
    }

    private static byte[] Weights(Checkpoint checkpoint) => checkpoint.Weights[WeightNames.Embedding].Data.ToArray();

    private sealed class Epochs(Action<int> onEpoch) : ITrainingObserver
    {
        public void OnEpoch(TrainingHistory history) => onEpoch(history.Epochs.Count);
    }
}
