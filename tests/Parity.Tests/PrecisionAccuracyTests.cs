using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// What the smaller precisions of the model that ships cost; prints the figures of <c>docs/precisions.md</c>.
/// </summary>
public class PrecisionAccuracyTests
{
    private const double AllowedPoints = 0.2;

    private static readonly Checkpoint Checkpoint = Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));

    private string _path = "";

    [SetUp]
    public void CreateFolder() =>
        _path = Path.Combine(Directory.CreateTempSubdirectory("accuracy-tests-").FullName, "model.onnx");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    // The vocabulary stays text, and the embedding gets a scale for each row: a little more than a half and a quarter.
    [TestCase(Precision.Fp16, 0.51)]
    [TestCase(Precision.Int8, 0.28)]
    public void Export_ShippedCheckpoint_PassesAndIsAsSmallAsItSays(Precision precision, double share)
    {
        var report = Computations.Export(Checkpoint, _path, new ExportOptions { Precision = precision }).Parity;
        ParityLog.RecordPrecision(precision, "ONNX Runtime against reference", report);
        TestContext.Out.WriteLine(report.ToText());
        var single = new FileInfo(Path.Combine(Checkout.ImdbModel, "model.onnx")).Length;
        Assert.That(new FileInfo(_path).Length, Is.LessThan(share * single));
    }

    [TestCase(Precision.Fp16), Category("Slow")]
    [TestCase(Precision.Int8), Category("Slow")]
    public void Export_5000TestReviews_LosesAtMostAFifthOfAPoint(Precision precision)
    {
        var test = DatasetReader.Read(Checkout.ImdbArchive()).Test.Where((_, i) => i % 5 == 0).ToList();
        Assert.That(test, Has.Count.EqualTo(5_000));
        var options = new ExportOptions { Precision = precision };
        TestContext.Out.WriteLine(Computations.Export(Checkpoint, _path, options, GateOf(test)).Accuracy);

        using var trained = TrainedModel.Load(Checkpoint);
        using var check = new ParityCheck(_path, Checkpoint, [Computations.TorchSharp(trained)]);
        var sample = test.Where((_, i) => i % 10 == 0).Select(text => text.Text).ToList();
        foreach (var report in check.CompareTexts(sample))
        {
            TestContext.Out.WriteLine(report.ToText());
            Assert.That(report.Passed, $"{report.Inputs}: {report.ToText()}");
        }

        PrintDependenceOnTheBatch(sample);
    }

    [Test]
    public void Run_MorePointsLostThanAllowed_IsRefusedAndLeavesNoFile()
    {
        var options = new ExportOptions { Precision = Precision.Int8 };
        var texts = TextsOnTheBorder();
        Assert.That(
            () => Computations.Export(Checkpoint, _path, options, GateOf(texts)),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("int8")
                .And.Message.Contains("50 texts").And.Message.Contains("at most 0.2").And.Message.Contains(
                    "--max-accuracy-drop"));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(_path)!), Is.Empty);

        Computations.Export(Checkpoint, _path, options, GateOf(texts, maximumDrop: 100));
        Assert.That(_path, Does.Exist);
    }

    private static AccuracyGate GateOf(IReadOnlyList<LabeledText> texts, double maximumDrop = AllowedPoints) =>
        new([.. texts.Select(text => text.Text)], [.. texts.Select(text => text.Label)], maximumDrop);

    // Labeled as single precision labels them, so that it is always right and every text that int8 labels otherwise is
    // lost.
    private static List<LabeledText> TextsOnTheBorder()
    {
        using var single = SentimentModel.Load(Path.Combine(Checkout.ImdbModel, "model.onnx"));
        var random = new Random(7);
        var words = Checkpoint.Vocabulary.Tokens.Skip(3).ToArray();
        string[] texts = [.. Enumerable.Range(0, 2000).Select(_ => string.Join(' ', random.GetItems(words, 20)))];
        return [.. single.Predict(texts).Zip(texts)
            .OrderBy(pair => Math.Abs(pair.First.Logit)).Take(50)
            .Select(pair => new LabeledText(pair.Second, pair.First.Label))];
    }

    private void PrintDependenceOnTheBatch(IReadOnlyList<string> texts)
    {
        using var model = SentimentModel.Load(_path);
        var largest = model.Predict(texts)
            .Zip(texts, (inList, text) => Math.Abs(inList.Probability - model.Predict(text).Probability)).Max();
        TestContext.Out.WriteLine($"probability of one text alone and in a list: at most {largest:0.0e+0} apart");
    }
}
