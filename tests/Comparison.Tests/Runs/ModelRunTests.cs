using System.Text.Json.Nodes;
using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison.Tests;

public class ModelRunTests
{
    private static readonly string[] Keys =
    [
        "model", "seed", "parameters", "epochs", "best_epoch", "seconds_per_epoch", "file_bytes",
        "parity_largest_difference", "test_accuracy", "latency_milliseconds", "by_length", "complaints", "gradients",
    ];

    private string _path = "";

    [SetUp]
    public void CreateFolder() =>
        _path = Path.Combine(Directory.CreateTempSubdirectory("run-tests-").FullName, ModelRun.FileName);

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void Write_Run_HasTheKeysOfTheFormatAndIsReadBack()
    {
        Run().Write(_path);
        var json = JsonNode.Parse(File.ReadAllText(_path))!.AsObject();
        Assert.That(json.Select(field => field.Key), Is.EqualTo(Keys));
        Assert.That(
            json["complaints"]![0]!.ToJsonString(), Is.EqualTo("""{"complaint":"order","right":3,"pairs":12}"""));
        Assert.That(
            json["by_length"]![0]!.ToJsonString(),
            Is.EqualTo("""{"shortest":1,"longest":9,"median":5,"texts":8,"accuracy":0.5}"""));
        Assert.That(File.ReadAllText(_path), Does.Contain("[0.3333, 0.25]"), "four digits in one line");
        var read = ModelRun.Read(_path);
        Assert.That(read.MinimalPairs, Is.EqualTo(Run().MinimalPairs));
        Assert.That(read.ByLength, Is.EqualTo(Run().ByLength));
        Assert.That(read.Gradients!.Trained.Hidden, Is.EqualTo([0.3333, 0.25]));
    }

    [TestCase("{")]
    [TestCase("""{"model":"bag","mistake":1}""")]
    public void Read_DamagedFile_NamesIt(string contents)
    {
        File.WriteAllText(_path, contents);
        Assert.That(
            () => ModelRun.Read(_path),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(ModelRun.FileName));
    }

    private static ModelRun Run() => new()
    {
        Model = "gru",
        Seed = 1,
        Parameters = 10,
        Epochs = [],
        BestEpoch = 2,
        SecondsPerEpoch = 1.5,
        FileBytes = 100,
        ParityLargestDifference = 1e-7,
        TestAccuracy = 0.5,
        LatencyMilliseconds = 0.1,
        ByLength = [new(1, 9, 5, 8, 0.5)],
        MinimalPairs = [new("order", 3, 12)],
        Gradients = new(64, 2, new([1, 0.5], null), new([1.0 / 3, 0.25], null)),
    };
}
