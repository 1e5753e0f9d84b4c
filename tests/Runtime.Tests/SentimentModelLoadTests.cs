using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelLoadTests
{
    private string _path = null!;

    [SetUp]
    public void Write()
    {
        _path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N} größer.onnx");
        File.WriteAllBytes(_path, TestModel.Bytes());
    }

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void Load_Path_GivesWhatTheFileSays()
    {
        using var model = SentimentModel.Load(_path);

        var expected = ModelMetadata.Of(TestModel.Checkpoint);
        Assert.That(model.Labels, Is.EqualTo(new[] { "negative", "positive" }));
        Assert.That(model.MaximumLength, Is.EqualTo(12));
        Assert.That(model.Metadata.Model, Is.EqualTo(expected.Model));
        Assert.That(model.Metadata.Text, Is.EqualTo(expected.Text));
        Assert.That(model.Metadata.Version, Is.EqualTo(expected.Version));
        Assert.That(model.Metadata.Metrics, Is.EqualTo(expected.Metrics));
        Assert.That(model.Metadata.Vocabulary.Tokens, Is.EqualTo(expected.Vocabulary.Tokens));
    }

    [Test]
    public void Load_StreamInItsMiddle_ReadsTheRestAndLeavesItOpen()
    {
        using var stream = new MemoryStream([1, 2, 3, .. TestModel.Bytes()]);
        stream.Position = 3;

        using var model = SentimentModel.Load(stream);

        Assert.That(stream.CanRead);
        Assert.That(model.Predict("word3 word4").Label, Is.AnyOf("negative", "positive"));
    }

    [Test]
    public void Load_OtherLabels_PredictsThem()
    {
        var bytes = TestModel.Bytes(
            model => model.SetMetadata(metadata => metadata with { Labels = ["schlecht", "gut"] }));
        using var model = TestModel.Load(bytes);

        foreach (var prediction in model.Predict(TestTexts.Random(seed: 1, count: 50)))
        {
            Assert.That(prediction.Label, Is.EqualTo(prediction.Probability >= 0.5f ? "gut" : "schlecht"));
        }
    }

    [Test]
    public void Predict_AfterTheFileWasReplaced_IsUndisturbed()
    {
        using var model = SentimentModel.Load(_path);
        var before = model.Predict("word3 word4");

        File.WriteAllBytes(_path, new byte[100]);
        File.Delete(_path);

        Assert.That(model.Predict("word3 word4"), Is.EqualTo(before));
    }

    [Test]
    public void Load_NullArguments_Throw()
    {
        Assert.That(() => SentimentModel.Load((string)null!), Throws.ArgumentNullException);
        Assert.That(() => SentimentModel.Load(""), Throws.ArgumentException);
        Assert.That(() => SentimentModel.Load((Stream)null!), Throws.ArgumentNullException);
    }
}
