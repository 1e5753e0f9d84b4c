using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Parity;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>A model of four labels behind every entry, against the reference in double precision.</summary>
public class ManyLabelsTests
{
    private const int Labels = 4;

    private static readonly Checkpoint Checkpoint =
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 16, HiddenSize = 12 }, seed: 5, labels: Labels);

    private static readonly ReferenceEvaluator Reference = new(Checkpoint);
    private static readonly TextEncoder Encoder = new(Checkpoint.Config.Text, Checkpoint.Vocabulary);
    private static readonly string[] Texts = [.. TestTexts.Random(seed: 6, count: 100), .. TestTexts.Hostile, ""];

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load(Export());

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Predict_Text_IsTheReferencesWinnerAndItsProbability()
    {
        foreach (var text in Texts)
        {
            AssertIsReference(_model.Predict(text), text);
        }

        Assert.That(
            Texts.Select(text => _model.Predict(text).Label).Distinct().Count(), Is.GreaterThan(2), "labels differ");
    }

    [Test]
    public async Task Predict_EveryOtherEntry_GivesTheSame()
    {
        var stream = new List<SentimentPrediction>();
        await foreach (var prediction in _model.PredictStreamAsync(Texts.ToAsyncEnumerable()))
        {
            stream.Add(prediction);
        }

        using var batching = new BatchingSentimentModel(_model);
        var batched = await Task.WhenAll(Texts.Select(text => batching.PredictAsync(text)));
        IReadOnlyList<SentimentPrediction>[] all =
            [_model.Predict(Texts), await _model.PredictAsync(Texts), stream, batched];
        foreach (var predictions in all)
        {
            foreach (var (prediction, text) in predictions.Zip(Texts))
            {
                AssertIsReference(prediction, text);
            }
        }
    }

    [Test]
    public void Predict_ByTheGraphThatReadsTexts_GivesTheSame()
    {
        using var stream = new MemoryStream(Export(InputKind.Text));
        using var model = SentimentModel.Load(stream);
        Assert.That(model.LogitCount, Is.EqualTo(Labels));
        foreach (var (prediction, text) in model.Predict(Texts).Zip(Texts))
        {
            AssertIsReference(prediction, text);
        }

    }

    [Test]
    public void Score_Batch_FillsRowsOfAllOutputs()
    {
        var batch = TokenBatch.Pad([[1], [1, 5, 6, 7, 8], [1, 49]], minimumSequenceLength: 9);
        var (logits, probabilities) = (new float[12], new float[12]);
        _model.Score(batch, logits, probabilities);
        var expected = Reference.Run(batch);
        Assert.That(_model.LogitCount, Is.EqualTo(Labels));
        Assert.That(logits, Is.EqualTo(expected.Logits).Within(TestModel.Tolerance));
        Assert.That(probabilities, Is.EqualTo(expected.Probabilities).Within(TestModel.Tolerance));
    }

    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(5, 5)]
    [TestCase(4, 8)]
    [TestCase(8, 8)]
    public void Score_RoomForOtherThanWholeRows_Throws(int logits, int probabilities) => Assert.That(
        () => _model.Score([1, 2], 2, new float[logits], new float[probabilities]),
        Throws.ArgumentException.With.Message.Contains($"{logits} logits and {probabilities} probabilities")
            .And.Message.Contains("for each 4 of both"));

    [Test]
    public void Score_OnceWarm_AllocatesNothing()
    {
        long[] ids = [1, 3, 4, 1, 5, 0];
        var (logits, probabilities) = (new float[2 * Labels], new float[2 * Labels]);
        _model.Score(ids, 3, logits, probabilities);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _model.Score(ids, 3, logits, probabilities);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Explain_Text_WeighsForThePredictedLabel()
    {
        const string Text = "word3 word40, WORD17 zebra word22";
        var explanation = _model.Explain(Text);
        var label = _model.Labels.ToList().IndexOf(explanation.Prediction.Label);
        Assert.That(explanation.Prediction, Is.EqualTo(_model.Predict(Text)));
        foreach (var token in explanation.Tokens)
        {
            var without = _model.Predict(Text.Remove(token.Start, token.Length)).LogOddsOf(label);
            Assert.That(
                token.Weight,
                Is.EqualTo(explanation.Prediction.Logit - without).Within(2 * TestModel.Tolerance),
                $"{token}");
        }
    }

    [Test]
    public void LogOddsOf_EveryLabel_IsThatOfItsProbability()
    {
        var prediction = _model.Predict("word3 word4");
        for (var label = 0; label < Labels; label++)
        {
            var p = (double)prediction.Probabilities[label];
            Assert.That(prediction.LogOddsOf(label), Is.EqualTo(Math.Log(p / (1 - p))).Within(1e-4));
        }

        Assert.That(() => prediction.LogOddsOf(Labels), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => prediction.LogOddsOf(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void LogOddsOf_TwoLabels_TheLogitAndItsOpposite()
    {
        using var model = TestModel.Load();
        var prediction = model.Predict("word3");
        Assert.That(prediction.LogOddsOf(1), Is.EqualTo(prediction.Logit));
        Assert.That(prediction.LogOddsOf(0), Is.EqualTo(-prediction.Logit));
        Assert.That(prediction.Probabilities, Is.EqualTo(new[] { 1 - prediction.Probability, prediction.Probability }));
        Assert.That(prediction.Logits, Is.EqualTo(new[] { prediction.Logit }));
        Assert.That(() => prediction.LogOddsOf(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Equals_SameTextTwice_AndOthersNot()
    {
        var (first, second) = (_model.Predict("word3 word4"), _model.Predict("word3 word4"));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(second.GetHashCode(), Is.EqualTo(first.GetHashCode()));
        Assert.That(_model.Predict("word5"), Is.Not.EqualTo(first));
        Assert.That(
            new SentimentPrediction(first.Label, first.Probability, first.Logit),
            Is.Not.EqualTo(first),
            "other labels' numbers");
    }

    [TestCase(3)]
    [TestCase(5)]
    [TestCase(2)]
    public void Load_MetadataOfOtherLabels_SaysHowMany(int labels)
    {
        foreach (var input in Enum.GetValues<InputKind>())
        {
            var model = ModelProto.Parser.ParseFrom(Export(input));
            var entry = model.MetadataProps.Single(entry => entry.Key == "onnx_sentiment.labels");
            entry.Value = $"[{string.Join(',', Enumerable.Range(0, labels).Select(i => $"\"{i}\""))}]";
            using var stream = new MemoryStream(model.ToByteArray());
            Assert.That(
                () => SentimentModel.Load(stream),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains(
                    $"its graph has 4 logits for each text, but {LabelScores.LogitCount(labels)} were expected for "
                        + $"the {labels} labels"));
        }
    }

    [Test]
    public void Load_ProbabilitiesOfAnotherWidth_SaysSo()
    {
        var model = ModelProto.Parser.ParseFrom(Export());
        var shape = model.Graph.Output[1].Type.TensorType.Shape;
        shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimParam = "labels" };
        model.Graph.Node.Single(node => node.OpType == "Softmax").Input[0] = "padding/ones/float";
        model.Graph.Node.Insert(model.Graph.Node.Count - 1, new NodeProto
        {
            Name = "float",
            OpType = "Cast",
            Input = { "padding/ones" },
            Output = { "padding/ones/float" },
            Attribute = { new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = 1 } },
        });
        Assert.That(
            () => TestModel.Load(model.ToByteArray()),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(
                "its output 'probability' is single [any, any], but single [any, 4] was expected"));
    }

    private static byte[] Export(InputKind input = InputKind.Ids) =>
        ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint, new ExportOptions { Input = input }));

    private static void AssertIsReference(SentimentPrediction found, string text)
    {
        var expected = Reference.Run(TokenBatch.Pad([Encoder.Encode(text)]));
        var winner = LabelScores.ArgMax(expected.ProbabilitiesOf(0));
        Assert.That(found.Label, Is.EqualTo(Checkpoint.Config.Labels[winner]), text);
        Assert.That(found.Probabilities, Is.EqualTo(expected.Probabilities).Within(TestModel.Tolerance), text);
        Assert.That(found.Probability, Is.EqualTo(found.Probabilities[winner]), text);
        Assert.That(
            found.Logit, Is.EqualTo(Math.Log(found.Probability / (1.0 - found.Probability))).Within(1e-3), text);
    }
}
