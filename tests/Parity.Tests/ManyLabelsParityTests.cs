using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Models of more than two labels, with random weights: the same comparisons as for two.</summary>
public class ManyLabelsParityTests
{
    private const double Tolerance = 1e-5;
    private const int VocabularySize = 50;
    private const int MaximumLength = 12;
    private const int Seed = 71;

    private static readonly int[] Counts = [3, 10];
    private static readonly ModelConfig Small = new() { EmbeddingSize = 5, HiddenSize = 4 };

    // Each makes the graph compute something else; its structure stays sound.
    private static readonly (string Name, Action<ModelProto> Break)[] Faults =
    [
        ("rows of the classifier swapped", model => SwapRows(model, "classifier.weight")),
        ("biases swapped", model => SwapRows(model, "classifier.bias")),
        (
            "softmax over the texts",
            model => model.Graph.Node.Single(node => node.OpType == "Softmax").Attribute[0].I = 0),
        ("a label's logistic function", model => AsSigmoid(model.Graph.Node.Single(node => node.OpType == "Softmax"))),
    ];

    private static readonly (string Name, Action<ModelProto> Break)[] TextFaults =
    [
        ("names swapped", model => SwapNames(model.Graph.Node.Single(node => node.Name == "label"))),
        (
            "the least probable label",
            model => model.Graph.Node.Single(node => node.OpType == "ArgMax").Input[0] = Negated(model)),
    ];

    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    private static IEnumerable<TestCaseData> Models() =>
        from labels in Counts
        from model in RandomCheckpoint.AllModels(maximumLayers: 2)
            .Select((config, i) => (Config: config, Seed: 7_000 + i))
        select new TestCaseData(labels, model.Config, model.Seed)
            .SetArgDisplayNames($"{labels}", RandomCheckpoint.NameOf(model.Config));

    private static IEnumerable<TestCaseData> FaultCases() =>
        Faults.Select(f => new TestCaseData(f.Break, InputKind.Ids).SetArgDisplayNames(f.Name))
            .Concat(
                Faults.Concat(TextFaults)
                    .Select(f => new TestCaseData(f.Break, InputKind.Text).SetArgDisplayNames($"{f.Name}, text")));

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("many-labels-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Models))]
    public void Run_EveryArchitecture_AgreesThreeTimes(int labels, ModelConfig config, int seed)
    {
        var checkpoint = RandomCheckpoint.Create(config, seed, VocabularySize, MaximumLength, labels);
        using var trained = TrainedModel.Load(checkpoint);
        using var model = Load(ClassifierExporter.Export(checkpoint));
        foreach (var batch in ParityInputs.Create(seed, VocabularySize, MaximumLength))
        {
            var reference = Computations.Reference(checkpoint).Run(batch.Batch);
            Assert.That(reference.LogitCount, Is.EqualTo(labels));
            Assert.That(
                reference.Probabilities.Chunk(labels).Select(row => row.Sum()), Is.All.EqualTo(1).Within(1e-12));
            foreach (var runner in (Runner[])[Computations.TorchSharp(trained), model.ToRunner()])
            {
                var difference = Differences.Largest(runner.Run(batch.Batch), reference);
                ParityLog.Record(ParityLog.Labels, $"{labels} labels", runner.Name, difference, Tolerance);
                Assert.That(difference, Is.LessThan(Tolerance), $"{runner.Name}, seed {seed}, batch '{batch.Name}'");
            }
        }
    }

    [Test]
    public void Models_TextsOfOneModel_GetDifferentLabels()
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength, labels: 10);
        using var model = Load(ClassifierExporter.Export(checkpoint));
        var texts = Enumerable.Range(0, 200).Select(i => $"word{3 + (i % 47)} word{3 + (i * 7 % 47)}").ToList();
        Assert.That(
            model.Predict(texts).Select(p => p.Label).Distinct().Count(), Is.GreaterThan(2),
            "one label alone would prove nothing");
    }

    [Test]
    public void Run_EveryOpset_AgreesWithTheReference([Range(14, 21)] int opset, [Values(3, 10)] int labels)
    {
        var checkpoint = RandomCheckpoint.Create(
            Small with { Readout = ReadoutKind.MaxMean }, Seed, VocabularySize, MaximumLength, labels);
        using var model = Load(ClassifierExporter.Export(checkpoint, new ExportOptions { Opset = opset }));
        var report = OutputComparer.Compare(
            model.ToRunner(), Computations.Reference(checkpoint), ParityInputs.Create(
                Seed, VocabularySize, MaximumLength));
        Assert.That(report.Passed, report.ToText());
    }

    [TestCaseSource(nameof(Models))]
    public void Run_SmallerPrecisions_StayWithinTheirTolerances(int labels, ModelConfig config, int seed)
    {
        var checkpoint = RandomCheckpoint.Create(config, seed, VocabularySize, MaximumLength, labels);
        Precision[] precisions = config.Cell == CellKind.Lstm ? [Precision.Fp16, Precision.Int8] : [Precision.Fp16];
        foreach (var precision in precisions)
        {
            using var model = Load(ClassifierExporter.Export(checkpoint, new ExportOptions { Precision = precision }));
            var report = OutputComparer.Compare(
                model.ToRunner(), Computations.Reference(checkpoint), ParityInputs.Create(
                    seed, VocabularySize, MaximumLength), precision);
            TestContext.Out.WriteLine(report.ToText());
            Assert.That(report.Passed, $"seed {seed}: {report.ToText()}");
            Assert.That(
                report.Outputs[0].LargestAbsolute, Is.GreaterThan(1e-5),
                "a smaller precision that computes like float32 is none");
        }
    }

    [Test]
    public void Verify_ExportedFile_Passes([Values(3, 10)] int labels, [Values] Precision precision)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength, labels);
        Computations.Export(checkpoint, ModelPath, new ExportOptions { Precision = precision });
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(ModelPath, checkpoint, [Computations.TorchSharp(trained)]);
        Assert.That(check.CompareMetadata(), Is.Empty);
        var reports = check.CompareStored().Concat(check.CompareRandom(Seed))
            .Concat(check.CompareTexts(["word3 word4", ""])).ToList();
        Assert.That(reports, Has.Count.EqualTo(6));
        Assert.That(reports.Select(r => r.Passed), Is.All.True);
    }

    [Test]
    public void Export_Text_PassesAndNamesTheLabelsOfTheFileOfIds([Range(14, 21)] int opset, [Values(3, 10)] int labels)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength, labels);
        Computations.Export(checkpoint, ModelPath, new ExportOptions { Input = InputKind.Text, Opset = opset });
        using var fromText = SentimentModel.Load(ModelPath);
        using var fromIds = Load(ClassifierExporter.Export(checkpoint));
        var texts = TextInputs.Create(Seed, checkpoint.Config.Text, checkpoint.Vocabulary)
            .SelectMany(batch => batch.Texts).ToList();
        var (actual, expected) = (fromText.Predict(texts), fromIds.Predict(texts));
        Assert.That(actual.Select(p => p.Label), Is.EqualTo(expected.Select(p => p.Label)));
        Assert.That(
            actual.SelectMany(p => p.Probabilities),
            Is.EqualTo(expected.SelectMany(p => p.Probabilities)).Within(Tolerance));
    }

    [TestCaseSource(nameof(FaultCases))]
    public void Write_GraphOfAnotherClassifier_FailsAndWritesNothing(Action<ModelProto> fault, InputKind input)
    {
        var checkpoint = RandomCheckpoint.Create(Small, Seed, VocabularySize, MaximumLength, labels: 3);
        var model = ClassifierExporter.Export(checkpoint, new ExportOptions { Input = input });
        fault(model);
        Assert.That(
            () => VerifiedExport.Write(model, checkpoint, ModelPath),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("No file was written"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    private static SentimentModel Load(ModelProto model)
    {
        using var stream = new MemoryStream(ModelFile.ToBytes(model));
        return SentimentModel.Load(stream);
    }

    private static void SwapRows(ModelProto model, string name)
    {
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == name);
        var (bytes, row) = (tensor.RawData.ToByteArray(), tensor.RawData.Length / (int)tensor.Dims[0]);
        tensor.RawData = ByteString.CopyFrom([.. bytes[row..(2 * row)], .. bytes[..row], .. bytes[(2 * row)..]]);
    }

    private static void AsSigmoid(NodeProto node)
    {
        node.OpType = "Sigmoid";
        node.Attribute.Clear();
    }

    private static void SwapNames(NodeProto encoder)
    {
        var names = encoder.Attribute.Single(attribute => attribute.Name == "values_strings").Strings;
        (names[0], names[1]) = (names[1], names[0]);
    }

    // Probabilities grow less than their logits, so that this falls where they rise.
    private static string Negated(ModelProto model)
    {
        var index = model.Graph.Node.IndexOf(model.Graph.Node.Single(node => node.OpType == "ArgMax"));
        model.Graph.Node.Insert(
            index,
            new NodeProto
            {
                Name = "negated",
                OpType = "Sub",
                Input = { "probability", "logit" },
                Output = { "negated" },
            });
        return "negated";
    }
}
