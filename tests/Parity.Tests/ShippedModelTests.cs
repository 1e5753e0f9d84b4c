using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The model in <c>models/imdb</c> is its checkpoint's, and as good as its card says.</summary>
public class ShippedModelTests
{
    private const double StoredOutputsTolerance = 1e-5;
    private const double RequiredAccuracy = 0.92;

    private static readonly string ModelPath = Path.Combine(Checkout.ImdbModel, "model.onnx");
    private static readonly string CheckpointFolder = Path.Combine(Checkout.ImdbModel, "checkpoint");

    [Test]
    public void Export_ShippedCheckpoint_GivesTheShippedBytes() => Assert.That(
        ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint.Load(CheckpointFolder))),
        Is.EqualTo(File.ReadAllBytes(ModelPath)));

    [TestCase(0)]
    [TestCase(1)]
    public void Score_StoredInputs_GivesTheStoredOutputs(int index)
    {
        var dataSet = TokenDataSet.Read(Path.Combine(Checkout.ImdbModel, TestDataSet.FolderName(index)));
        using var model = SentimentModel.Load(ModelPath);
        var outputs = model.ToRunner().Run(dataSet.Batch);
        ParityLog.Record(
            ParityLog.ShippedModel, "stored outputs", "ONNX Runtime", Differences.Largest(
                outputs, dataSet.Expected), StoredOutputsTolerance);
        Assert.That(outputs.Logits, Is.EqualTo(dataSet.Expected.Logits).Within(StoredOutputsTolerance));
        Assert.That(outputs.Probabilities, Is.EqualTo(dataSet.Expected.Probabilities).Within(StoredOutputsTolerance));
        var lengths = dataSet.Batch.Lengths.ToArray();
        Assert.That(lengths.Distinct().Count(), index == 0 ? Is.EqualTo(1) : Is.GreaterThan(2));
    }

    [Test]
    public void Compare_RandomIds_PassesAgainstReferenceAndTorchSharp()
    {
        var checkpoint = Checkpoint.Load(CheckpointFolder);
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(ModelPath, checkpoint, [Computations.TorchSharp(trained)]);
        foreach (var report in check.CompareRandom(seed: 3))
        {
            ParityLog.RecordPrecision(Precision.Float32, $"ONNX Runtime against {report.Expected}", report);
            Assert.That(report.Passed, $"{report.Inputs}: {report.ToText()}");
        }
    }

    [Test, Category("Slow")]
    public void Compare_2000RealReviews_PassesWithoutALabelFlip()
    {
        var checkpoint = Checkpoint.Load(CheckpointFolder);
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(ModelPath, checkpoint, [Computations.TorchSharp(trained)]);
        var test = DatasetReader.Read(Checkout.ImdbArchive()).Test;
        var texts = EvenSample.Of(test, 2000).Select(text => text.Text).ToList();
        foreach (var report in check.CompareTexts(texts))
        {
            TestContext.Out.WriteLine(report.ToText());
            Assert.That(report.Texts, Is.EqualTo(2000));
            Assert.That(report.LabelFlips, Is.Zero);
            Assert.That(report.Passed, $"{report.Inputs}: {report.ToText()}");
        }
    }

    [Test, Category("Slow")]
    public void Predict_AllTestReviews_IsAsAccurateAsTheCheckpointSays()
    {
        var dataset = DatasetReader.Read(Checkout.ImdbArchive());
        using var model = SentimentModel.Load(ModelPath);
        var predictions = model.Predict([.. dataset.Test.Select(text => text.Text)]);
        var accuracy = predictions.Zip(dataset.Test, (p, t) => p.Label == t.Label ? 1.0 : 0.0).Average();
        TestContext.Out.WriteLine($"accuracy {accuracy} on {dataset.Test.Count} reviews");
        Assert.That(accuracy, Is.GreaterThanOrEqualTo(RequiredAccuracy));
        Assert.That(accuracy, Is.EqualTo(model.Metadata.Metrics["test_accuracy"]).Within(1e-4));
    }
}
