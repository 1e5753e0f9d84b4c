using System.Text;

namespace OnnxSentiment.Trainer.Tests;

public class TensorBoardLogTests
{
    private static readonly (string Tag, Func<EpochMetrics, double> Figure)[] EpochFigures =
    [
        ("train/loss", e => e.TrainLoss), ("train/accuracy", e => e.TrainAccuracy),
        ("validation/loss", e => e.ValidationLoss), ("validation/accuracy", e => e.ValidationAccuracy),
    ];

    private TemporaryFolder _temporary = null!;

    private string Folder => _temporary.Path;

    [SetUp]
    public void CreateFolder() => _temporary = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _temporary.Dispose();

    // RFC 3720, appendix B.4, and the check value of CRC catalogues.
    [TestCase("zeros", 0x8A9136AAu)]
    [TestCase("ones", 0x62A8AB43u)]
    [TestCase("123456789", 0xE3069283u)]
    public void Checksum_OfTheReader_IsCrc32C(string data, uint expected)
    {
        var bytes = data switch
        {
            "zeros" =>
            new byte[32],
            "ones" => [.. Enumerable.Repeat((byte)0xFF, 32)],
            _ => Encoding.ASCII.GetBytes(data)
        };
        Assert.That(EventReader.Checksum(bytes), Is.EqualTo(expected));
    }

    [Test]
    public void Train_WithTheLog_HasEveryFigureOfStepsAndEpochs()
    {
        var recipe = TinyData.Recipe.With("epochs=3");
        var steps = new Steps();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1e3;
        var log = new TensorBoardLog(Path.Combine(Folder, "runs", "first"));
        var result = SentimentTrainer.Train(recipe, TinyData.Prepare(recipe), observer: steps.Before(log));

        var events = EventReader.Read(Directory.GetFiles(Path.Combine(Folder, "runs", "first"), "*tfevents*").Single());

        Assert.That(events[0].Version, Is.EqualTo("brain.Event:2"));
        Assert.That(
            events.Skip(1).Select(e => e.WallTime), Is.All.InRange(before - 1, before + 600), "seconds since 1970");
        Assert.That(events.Skip(1).Select(e => e.WallTime), Is.Ordered);
        Assert.That(
            Series(events, "learning_rate"), Is.EqualTo(steps.All.Select(p => ((long)p.Step, (float)p.LearningRate))));
        Assert.That(Series(events, "examples_per_second"),
            Is.EqualTo(steps.All.Select(p => ((long)p.Step, (float)p.ExamplesPerSecond))));
        Assert.That(steps.All.Select(p => p.Step), Is.EqualTo(Enumerable.Range(1, 36)), "12 steps in each of 3 epochs");
        foreach (var (tag, figure) in EpochFigures)
        {
            Assert.That(Series(events, tag),
                Is.EqualTo(result.History.Epochs.Select(e => ((long)e.Epoch, (float)figure(e)))), tag);
        }

        Assert.That(events.SelectMany(e => e.Scalars).Select(s => s.Tag).Distinct().Count(), Is.EqualTo(6));
    }

    [Test]
    public void Constructor_FolderOfAnEarlierRun_AddsAFile()
    {
        foreach (var step in new[] { 1, 2 })
        {
            new TensorBoardLog(Folder).OnStep(ProgressAt(step));
        }

        var files = Directory.GetFiles(Folder).Order(StringComparer.Ordinal).ToList();
        Assert.That(files.SelectMany(file => Series(EventReader.Read(file), "learning_rate")),
            Is.EqualTo(new[] { (1L, 0.25f), (2L, 0.25f) }), "TensorBoard reads them in the order of their names");
    }

    [Test]
    public void OnStep_LargeStep_IsInTheFileWhenTheCallReturns()
    {
        new TensorBoardLog(Folder).OnStep(ProgressAt(300_000));
        Assert.That(Series(EventReader.Read(Directory.GetFiles(Folder).Single()), "learning_rate"),
            Is.EqualTo(new[] { (300_000L, 0.25f) }));
    }

    [Test]
    public void Constructor_FolderThatIsAFile_SaysSo()
    {
        var path = Path.Combine(Folder, "file");
        File.WriteAllText(path, "");
        Assert.That(() => new TensorBoardLog(path), Throws.InstanceOf<IOException>().With.Message.Contains(path));
    }

    private static TrainingProgress ProgressAt(int step) => new(1, 1, 32, 64, 0.7, 0.5, 1000, step, LearningRate: 0.25);

    private static IEnumerable<(long Step, float Value)> Series(IEnumerable<EventReader.Event> events, string tag) =>
        from e in events from scalar in e.Scalars where scalar.Tag == tag select (e.Step, scalar.Value);

    private sealed class Steps : ITrainingObserver
    {
        private ITrainingObserver? _next;

        public List<TrainingProgress> All { get; } = [];

        public Steps Before(ITrainingObserver next)
        {
            _next = next;
            return this;
        }

        public void OnStep(TrainingProgress progress)
        {
            All.Add(progress);
            _next!.OnStep(progress);
        }

        public void OnEpoch(TrainingHistory history) => _next!.OnEpoch(history);
    }
}
