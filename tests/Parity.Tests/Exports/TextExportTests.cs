using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>A file that reads texts appears only when it computes what the checkpoint computes.</summary>
public class TextExportTests
{
    private const int MaximumLength = 12;
    private const int Seed = 43;

    private static readonly ExportOptions TextOptions = new() { Input = InputKind.Text };

    // Each makes the graph compute something else from some texts; its structure stays sound.
    private static readonly (string Name, Action<ModelProto> Break)[] Faults =
    [
        (
            "not lowered",
            model => Attribute(model, "text/lower", "case_change_action").S = ByteString.CopyFromUtf8("NONE")),
        ("other tokens", model => Attribute(model, "text/tokens", "tokenexp").S = ByteString.CopyFromUtf8(@"[^\s]+")),
        ("ids shifted", model => Shift(Attribute(model, "text/word_ids", "values_int64s"))),
        ("unknown is another id", model => Attribute(model, "text/word_ids", "default_int64").I = 3),
        ("filling is a word", model => Attribute(model, "text/word_ids", "values_int64s").Ints[0] = 2),
        ("another start id", model => Node(model, "text/ids").Input[2] = Node(model, "text/is_padding").Input[1]),
        (
            "first tokens kept",
            model => Node(model, "text/excess").Input[1] = AddConstant(model, Tensors.Int64("many", [], [1_000_000]))),
        (
            "start id not kept",
            model => Node(model, "text/shift").Input[1] = AddConstant(model, Tensors.Int64("all", [1], [1]))),
        (
            "kept one too few", model => Node(model, "text/kept_width")
                .Input[1] = AddConstant(model, Tensors.Int64("fewer", [], [MaximumLength - 1]))),
        ("labels swapped", model => Swap(Attribute(model, "label", "values_strings"))),
        (
            "border of another label",
            model => Node(model, "label/is_second").Input[1] = AddConstant(model, Tensors.Float("border", [], [0.7f]))),
    ];

    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    private static IEnumerable<TestCaseData> FaultCases() =>
        Faults.Select(f => new TestCaseData(f.Break).SetArgDisplayNames(f.Name));

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("text-export-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Export_EveryTokenizerAndOpset_PassesAndLoads(
        [Values] TokenizerKind tokenizer, [Range(Opset.Minimum, Opset.Maximum)] int opset)
    {
        var report = Computations.Export(Of(tokenizer), ModelPath, TextOptions with { Opset = opset }).Parity;
        Assert.That(report.Passed, report.ToText());
        Assert.That(report.Texts, Is.GreaterThan(30));
        using var model = SentimentModel.Load(ModelPath);
        Assert.That(model.Predict("word7 word9").Label, Is.AnyOf("negative", "positive"));
        Assert.That(
            Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(["model.onnx", "test_data_set_0", "test_data_set_1", "verification.json"]));
    }

    private static IEnumerable<TestCaseData> Models() =>
        RandomCheckpoint.AllModels()
            .Select(model => new TestCaseData(model).SetArgDisplayNames(RandomCheckpoint.NameOf(model)));

    [TestCaseSource(nameof(Models))]
    public void Export_EveryArchitecture_Passes(ModelConfig config)
    {
        var report = Computations.Export(RandomCheckpoint.Create(config, Seed), ModelPath, TextOptions).Parity;
        Assert.That(report.Passed, report.ToText());
    }

    [Test]
    public void Predict_BothKindsOfFile_AgreeOnTextsAndLabels([Values] TokenizerKind tokenizer)
    {
        var checkpoint = Of(tokenizer);
        using var ids = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(checkpoint)));
        using var text = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(checkpoint, TextOptions)));
        using var fromIds = SentimentModel.Load(ids);
        using var fromText = SentimentModel.Load(text);
        var texts = TextInputs.Create(Seed, checkpoint.Config.Text, checkpoint.Vocabulary)
            .SelectMany(batch => batch.Texts).ToList();
        var (expected, actual) = (fromIds.Predict(texts), fromText.Predict(texts));
        Assert.That(actual.Select(p => p.Label), Is.EqualTo(expected.Select(p => p.Label)));
        Assert.That(actual.Select(p => p.Probability), Is.EqualTo(expected.Select(p => p.Probability)).Within(1e-5));
        Assert.That(actual.Select(p => p.Logit), Is.EqualTo(expected.Select(p => p.Logit)).Within(1e-5));
        Assert.That(
            actual.Select(p => p.Label).Distinct().Count(), Is.EqualTo(2), "one label alone would prove nothing");
    }

    [TestCaseSource(nameof(FaultCases))]
    public void Publish_GraphThatReadsTextsWrongly_FailsAndWritesNothing(Action<ModelProto> fault)
    {
        var checkpoint = Of(TokenizerKind.Keras);
        var model = ClassifierExporter.Export(checkpoint, TextOptions);
        fault(model);
        Assert.That(
            () => VerifiedExport.Write(model, checkpoint, ModelPath),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("No file was written"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Export_TextSettingsOfTheOtherTokenizer_AreFound()
    {
        var model = ClassifierExporter.Export(Of(TokenizerKind.KerasPunctuation), TextOptions);
        Assert.That(
            () => VerifiedExport.Write(model, Of(TokenizerKind.Keras), ModelPath),
            Throws.InstanceOf<CheckFailedException>());
    }

    // The words hold punctuation, so that the two tokenizers give different ids.
    private static Checkpoint Of(TokenizerKind tokenizer) => Texts.Checkpoint(
        tokenizer,
        new Vocabulary(
        [
            .. Vocabulary.SpecialTokens, .. Enumerable.Range(3, 40).Select(i => $"word{i}"),
            "good", "!", ".", "don't", "é",
        ]),
        MaximumLength,
        Seed);

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);

    private static AttributeProto Attribute(ModelProto model, string node, string name) =>
        Node(model, node).Attribute.Single(attribute => attribute.Name == name);

    private static void Shift(AttributeProto values)
    {
        var first = values.Ints[1];
        values.Ints.RemoveAt(1);
        values.Ints.Add(first);
    }

    private static void Swap(AttributeProto values) =>
        (values.Strings[0], values.Strings[1]) = (values.Strings[1], values.Strings[0]);

    private static string AddConstant(ModelProto model, TensorProto tensor)
    {
        model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
