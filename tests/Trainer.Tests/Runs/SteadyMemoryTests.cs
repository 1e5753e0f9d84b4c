using TorchSharp;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// An epoch leaves nothing behind: as many native tensors and, after a collection, as large a heap as the epoch before.
/// Counts, not the process's working set, which the allocators of libtorch and .NET let swing.
/// </summary>
public class SteadyMemoryTests
{
    // The history's entry of an epoch takes 80 bytes. The process allocates for itself now and then, in steps of 8 KB
    // and more, of which a median over many epochs hears nothing; a leak in every epoch is the median.
    private const long SlackInBytes = 1_024;

    private TemporaryFolder _temporary = null!;

    private string Folder => _temporary.Path;

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    [Test]
    public void Train_EpochAfterEpoch_LeavesNoTensorAndNoHeapBehind()
    {
        var recipe = TinyData.Recipe.With("epochs=40").With("patience=0");
        var census = new Census();
        var few = ReviewCorpus.Generate(seed: 3, trainCount: 100, testCount: 20);
        SentimentTrainer.Train(recipe, TrainingData.Prepare(few, recipe), Folder, census);

        // The first epochs make the optimizer's moments, the state's buffers and compiled code.
        var steady = census.Epochs[3..];
        var growth = steady.Zip(steady.Skip(1), (before, after) => after.Heap - before.Heap).Order().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(growth, Has.Count.EqualTo(36));
            Assert.That(steady.Select(e => e.Tensors), Is.All.EqualTo(steady[0].Tensors), "native tensors alive");
            Assert.That(growth[growth.Count / 2], Is.LessThan(SlackInBytes),
                $"bytes of the managed heap: {string.Join(", ", growth)}");
        });
    }

    private sealed class Census : ITrainingObserver
    {
        public List<(long Tensors, long Heap)> Epochs { get; } = [];

        // Called on the thread that trains, whose tensors the statistics count.
        public void OnEpoch(TrainingHistory history)
        {
            Epochs.Add(
                (DisposeScopeManager.Statistics.ThreadTotalLiveCount, GC.GetTotalMemory(forceFullCollection: true)));
        }
    }
}
