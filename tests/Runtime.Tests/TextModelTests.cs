using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;

namespace OnnxSentiment.Runtime.Tests;

public class TextModelTests
{
    private static readonly string[] Texts = ["", "word3 word4", "WORD3, word4!", "word9 word8 word7 word6", "nothing known", "word5"];

    [Test]
    public void Predict_Texts_GivesWhatSentimentModelGives()
    {
        using var text = Load();
        using var ids = TestModel.Load();
        foreach (var (actual, expected) in text.Predict(Texts).Zip(ids.Predict(Texts)))
        {
            Assert.That(actual.Label, Is.EqualTo(expected.Label));
            Assert.That(actual.Probability, Is.EqualTo(expected.Probability).Within(TestModel.Tolerance));
            Assert.That(actual.Logit, Is.EqualTo(expected.Logit).Within(TestModel.Tolerance));
        }

        Assert.That(text.Labels, Is.EqualTo(ids.Labels));
    }

    [Test]
    public void Predict_MoreTextsThanOneRunTakes_KeepsTheirOrder()
    {
        using var model = Load();
        var texts = Enumerable.Range(0, 100).Select(i => $"word{3 + (i % 40)} word{3 + (i % 7)}").ToList();
        var alone = texts.Select(text => model.Predict(text).Logit).ToList();
        Assert.That(model.Predict(texts).Select(p => p.Logit), Is.EqualTo(alone).Within(TestModel.Tolerance));
    }

    [Test]
    public void Predict_NoText_GivesNothing()
    {
        using var model = Load();
        Assert.That(model.Predict(Array.Empty<string>()), Is.Empty);
    }

    [Test]
    public void Predict_NullText_NamesIt()
    {
        using var model = Load();
        Assert.That(() => model.Predict(["a", null!]), Throws.ArgumentException.With.Message.Contains("Text 1"));
    }

    [Test]
    public void Predict_ManyThreads_AllGetTheSame()
    {
        using var model = Load();
        var expected = model.Predict("word3 word9").Logit;
        var logits = new float[64];
        Parallel.For(0, logits.Length, i => logits[i] = model.Predict("word3 word9").Logit);
        Assert.That(logits, Is.All.EqualTo(expected));
    }

    [Test]
    public void Predict_Disposed_Throws()
    {
        var model = Load();
        model.Dispose();
        model.Dispose();
        Assert.That(() => model.Predict("a"), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Load_ModelOfIds_NamesTheOtherClass() =>
        AssertNotUsable(TestModel.Bytes(), "it reads 'input_ids' and runs with SentimentModel");

    [Test]
    public void Load_NoModel_SaysSo() => AssertNotUsable([1, 2, 3], "its 3 bytes are no ONNX model");

    [Test]
    public void Load_LabelMissing_NamesIt() =>
        AssertNotUsable(Bytes(model => model.Graph.Output.RemoveAt(0)), "it has no output 'label'");

    [Test]
    public void Load_MetadataMissing_NamesIt() =>
        AssertNotUsable(Bytes(model => model.MetadataProps.Clear()), "has no entry 'onnx_sentiment.version'");

    [Test]
    public void Load_TextModelAsSentimentModel_NamesTheOtherClass() => Assert.That(
        () => TestModel.Load(Bytes()),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("TextModel").And.Message.Contains("--input ids"));

    [Test]
    public void Load_MissingFile_NamesIt() => Assert.That(
        () => TextModel.Load("no/such/model.onnx"), Throws.TypeOf<InvalidInputException>().With.Message.Contains("There is no model 'no/such/model.onnx'"));

    private static void AssertNotUsable(byte[] bytes, string words) => Assert.That(
        () => Load(bytes),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains(words).And.Message.Contains("export --input text"));

    private static TextModel Load(byte[]? bytes = null)
    {
        using var stream = new MemoryStream(bytes ?? Bytes());
        return TextModel.Load(stream);
    }

    private static byte[] Bytes(Action<ModelProto>? change = null)
    {
        var model = ClassifierExporter.Export(TestModel.Checkpoint, new ExportOptions { Input = InputKind.Text });
        Assert.That(model.Graph.Output[0].Name, Is.EqualTo(GraphNames.Label));
        change?.Invoke(model);
        return ModelFile.ToBytes(model);
    }
}
