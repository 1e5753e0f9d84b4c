using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>Files that tokenize themselves, by the calls that take texts.</summary>
public class TextInputTests
{
    // A weight is the difference of two logits.
    private const double WeightTolerance = 2 * TestModel.Tolerance;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Texts =
    [
        .. TestTexts.Random(seed: 71, count: 60), .. TestTexts.Hostile, "WORD3, word4!", "word9 word8 word7 word6",
    ];

    private SentimentModel _texts = null!;
    private SentimentModel _ids = null!;

    [OneTimeSetUp]
    public void Load()
    {
        _texts = TestModel.Load(Bytes());
        _ids = TestModel.Load();
    }

    [OneTimeTearDown]
    public void Free()
    {
        _texts.Dispose();
        _ids.Dispose();
    }

    [Test]
    public void InputKind_BothKindsOfFile_SaysWhichItIs() =>
        Assert.That((_texts.InputKind, _ids.InputKind), Is.EqualTo((InputKind.Text, InputKind.Ids)));

    [Test]
    public void Load_Text_HasTheSameMetadataOnTheCpu()
    {
        Assert.That((_texts.Device, _texts.ComputeMode), Is.EqualTo((Device.Cpu, ComputeMode.Cpu)));
        Assert.That((_texts.LogitCount, _texts.MaximumLength), Is.EqualTo((_ids.LogitCount, _ids.MaximumLength)));
        Assert.That(_texts.Labels, Is.EqualTo(_ids.Labels));
    }

    [Test]
    public void Predict_EachText_GivesWhatIdsGive() =>
        AssertEqual([.. Texts.Select(_texts.Predict)], [.. Texts.Select(_ids.Predict)]);

    [Test]
    public void Predict_List_GivesWhatIdsGiveInOrder([Values(1, 40, 1_000_000)] int batchTokens)
    {
        using var model = TestModel.Load(Bytes(), new() { MaximumBatchTokens = batchTokens });

        AssertEqual(model.Predict(Texts), _ids.Predict(Texts));
    }

    [Test]
    public void Predict_NoText_GivesNothing() => Assert.That(_texts.Predict(Array.Empty<string>()), Is.Empty);

    [Test]
    public void Predict_NullText_NamesIt() =>
        Assert.That(() => _texts.Predict(["a", null!]), Throws.ArgumentException.With.Message.Contains("Text 1"));

    [Test]
    public async Task PredictAsync_TextListAndStream_GiveWhatIdsGive()
    {
        var expected = _ids.Predict(Texts);

        AssertEqual([await _texts.PredictAsync(Texts[0])], [expected[0]]);
        AssertEqual(await _texts.PredictAsync(Texts), expected);
        AssertEqual(await _texts.PredictStreamAsync(Texts.ToAsyncEnumerable()).ToListAsync(), expected);
    }

    [Test]
    public void PredictAsync_Cancelled_Throws()
    {
        var cancelled = new CancellationToken(canceled: true);

        Assert.That(() => _texts.PredictAsync("word3", cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => _texts.Engine.Predict("word3", cancelled), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task PredictAsync_Batching_SharesRunsAndGivesWhatIdsGive()
    {
        using var model = TestModel.Load(Bytes(), new() { Threads = 1 });
        using var batching = new BatchingSentimentModel(model);
        using var gate = new WorkerGate();
        var first = batching.PredictAsync(Texts[0]);
        gate.WaitUntilHeld();
        var list = batching.PredictAsync(Texts[1..4]);
        gate.Open();

        SentimentPrediction[] found = [await first.WaitAsync(Patience), .. await list.WaitAsync(Patience)];
        Assert.That(gate.Batches, Is.EqualTo(new[] { 1, 3 }));
        Assert.That(batching.Statistics.Texts, Is.EqualTo(4));
        AssertEqual(found, _ids.Predict(Texts[..4]));
    }

    [TestCase("word3")]
    [TestCase("  WORD3, word4! zebra (word40)\nword3 word3.  ")]
    [TestCase("e\u0301 👩\u200d🚀 word12 \uD800")]
    public void Explain_Text_GivesTheWeightsOfIds(string text) => AssertExplained(_texts, _ids, text);

    [Test]
    public void Explain_LongerThanTheModelReads_LetsNoEarlierTokenIn() =>
        AssertExplained(_texts, _ids, string.Join(' ', Enumerable.Range(3, 30).Select(id => $"word{id}")));

    // Without a gap in its place, a mark between two words would make them one.
    [Test]
    public void Explain_MarkBetweenWords_LeavesTheMarkAloneOut()
    {
        var vocabulary = new Vocabulary([.. Vocabulary.SpecialTokens, "good", "bad", "!", "."]);
        var random = RandomCheckpoint.Create(TestModel.Checkpoint.Config.Model, seed: 6, vocabulary.Count);
        var text = random.Config.Text with { Tokenizer = TokenizerKind.KerasPunctuation };
        var checkpoint = new Checkpoint(random.Config with { Text = text }, vocabulary, random.Weights);
        using var texts = TestModel.Load(
            ClassifierExporter.Export(checkpoint, new ExportOptions { Input = InputKind.Text }).ToByteArray());
        using var ids = TestModel.Load(ClassifierExporter.Export(checkpoint).ToByteArray());

        AssertExplained(texts, ids, "good!bad.good");
    }

    [Test]
    public void Score_Ids_SaysThatTheModelReadsTexts() => Assert.That(
        () => _texts.Score(TokenBatch.Pad([[1, 3]]), new float[1], new float[1]),
        Throws.InvalidOperationException.With.Message.Contains("--input ids"));

    [Test]
    public void PredictAsync_BatchingIds_SaysThatTheModelReadsTexts()
    {
        using var batching = new BatchingSentimentModel(_texts);

        Assert.That(
            () => batching.PredictAsync(TokenBatch.Pad([[1, 3]])),
            Throws.InvalidOperationException.With.Message.Contains("--input ids"));
    }

    [Test]
    public void WarmUp_Text_Predicts() => Assert.That(_texts.WarmUp, Throws.Nothing);

    [Test]
    public void Predict_ManyThreads_AllGetTheSame()
    {
        var expected = _texts.Predict("word3 word9").Logit;
        var logits = new float[64];
        Parallel.For(0, logits.Length, i => logits[i] = _texts.Predict("word3 word9").Logit);
        Assert.That(logits, Is.All.EqualTo(expected));
    }

    [Test]
    public async Task Predict_Disposed_Throws()
    {
        var model = TestModel.Load(Bytes());
        model.Dispose();
        await model.DisposeAsync();
        Assert.That(() => model.Predict("a"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Load_TextOnCuda_SaysThatItRunsOnTheCpu() => Assert.That(
        () => TestModel.Load(Bytes(), new() { Device = Device.Cuda() }),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("cuda:0").And.Message.Contains("CPU"));

    [Test]
    public void Load_TextOnAuto_LogsWhyItIsTheCpu()
    {
        var log = new LogRecords();
        using var stream = new MemoryStream(Bytes());
        using var model = SentimentModel.Load(stream, logger: log);

        Assert.That(log.Messages, Has.Exactly(1).Contains("runs on cpu").And.Exactly(1).Contains("strings"));
    }

    [Test]
    public void Create_ReportOfText_IsUsableOnTheCpuAlone()
    {
        var bytes = Bytes();
        using var cpu = SessionFactory.Create(bytes);
        var report = ReportMaker.Create(new FakeHost(), cpu, bytes, new SentimentModelOptions());

        Assert.That(report.Devices.Select(device => device.IsUsable), Is.EqualTo(new[] { true, false }));
        Assert.That(report.Devices[1].Problem, Does.Contain("CPU"));
    }

    [Test]
    public void Load_LabelMissing_NamesIt() =>
        AssertNotUsable(Bytes(model => model.Graph.Output.RemoveAt(0)), "'label'");

    [Test]
    public void Load_MetadataMissing_NamesIt() =>
        AssertNotUsable(Bytes(model => model.MetadataProps.Clear()), "'onnx_sentiment.version'");

    [Test]
    public void Load_UnknownPrecision_NamesItAndTheKnownOnes() => AssertNotUsable(
        Bytes(model => model.MetadataProps.Add(
            new StringStringEntryProto { Key = "onnx_sentiment.precision", Value = "foo" })),
        "'foo'");

    private static void AssertNotUsable(byte[] bytes, string words) => Assert.That(
        () => TestModel.Load(bytes),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains(words).And.Message.Contains(
            "onnx-sentiment export"));

    private static void AssertEqual(
        IReadOnlyList<SentimentPrediction> actual, IReadOnlyList<SentimentPrediction> expected)
    {
        Assert.That(actual.Select(p => p.Label), Is.EqualTo(expected.Select(p => p.Label)));
        Assert.That(
            actual.Select(p => p.Probability), Is.EqualTo(expected.Select(p => p.Probability)).Within(
                TestModel.Tolerance));
        Assert.That(actual.Select(p => p.Logit), Is.EqualTo(expected.Select(p => p.Logit)).Within(TestModel.Tolerance));
    }

    private static void AssertExplained(SentimentModel texts, SentimentModel ids, string text)
    {
        var (actual, expected) = (texts.Explain(text), ids.Explain(text));

        AssertEqual([actual.Prediction], [expected.Prediction]);
        Assert.That(
            actual.Tokens.Select(t => (t.Start, t.Length, t.IsKnown)),
            Is.EqualTo(expected.Tokens.Select(t => (t.Start, t.Length, t.IsKnown))));
        Assert.That(
            actual.Tokens.Select(t => t.Weight), Is.EqualTo(expected.Tokens.Select(t => t.Weight)).Within(
                WeightTolerance));
    }

    private static byte[] Bytes(Action<ModelProto>? change = null)
    {
        var model = ClassifierExporter.Export(TestModel.Checkpoint, new ExportOptions { Input = InputKind.Text });
        Assert.That(model.Graph.Output[0].Name, Is.EqualTo(GraphNames.Label));
        change?.Invoke(model);
        return model.ToByteArray();
    }
}
