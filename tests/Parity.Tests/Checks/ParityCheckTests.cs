using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What <c>verify</c> finds between a file and a checkpoint.</summary>
public class ParityCheckTests
{
    private static readonly ModelConfig Model = new() { EmbeddingSize = 5, HiddenSize = 4 };
    private static readonly Checkpoint Checkpoint = RandomCheckpoint.Create(Model, seed: 21);

    private string _folder = "";
    private string _modelPath = "";

    [OneTimeSetUp]
    public void Export()
    {
        _folder = Directory.CreateTempSubdirectory("parity-tests-").FullName;
        _modelPath = Path.Combine(_folder, "model.onnx");
        Computations.Export(Checkpoint, _modelPath);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Run_ItsOwnCheckpoint_PassesEverywhere()
    {
        var report = Run(Checkpoint, _modelPath);
        Assert.That(report.Passed);
        Assert.That(() => report.ThrowIfFailed(), Throws.Nothing);
        Assert.That(report.Weights!.Comparisons, Has.Count.EqualTo(Checkpoint.Weights.Count));
        Assert.That(report.Comparisons.Select(r => (r.Inputs, r.Expected)), Is.EqualTo(
        [
            ("test_data_set_0", "stored outputs"), ("test_data_set_1", "stored outputs"),
            ("random ids, seed 5", "reference"), ("random ids, seed 5", "TorchSharp"),
            ("3 texts", "reference"), ("3 texts", "TorchSharp"),
        ]));
        Assert.That(report.Comparisons.Select(r => r.Texts), Is.All.GreaterThan(0));
    }

    [Test]
    public void Run_AnotherCheckpoint_FailsAgainstReferenceAndTorchSharp()
    {
        var report = Run(RandomCheckpoint.Create(Model, seed: 22), _modelPath);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Comparisons.Where(r => r.Expected != "stored outputs").Select(r => r.Passed), Is.All.False);
        Assert.That(report.Weights!.Comparisons.Select(comparison => comparison.Different), Is.All.Positive);
        Assert.That(
            () => report.ThrowIfFailed(),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("random ids, seed 5").And.Message.Contains(
                "TorchSharp").And.Message.Contains("recurrent.weight_hh_l0_reverse"));
    }

    // The stored data's ids and the random ones' texts hide it: the row of a word that stands first in a long text.
    [Test]
    public void Run_OneWordsRowAFewBitsOff_FailsByItsWeightAlone()
    {
        var model = ModelFile.Read(_modelPath);
        var table = model.Graph.Initializer.Single(tensor => tensor.Name == "embedding.weight");
        var bytes = table.RawData.ToByteArray();
        bytes[9 * 5 * sizeof(float)] ^= 1;
        table.RawData = Google.Protobuf.ByteString.CopyFrom(bytes);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "one-bit")).FullName;
        ModelFile.Write(model, Path.Combine(folder, "model.onnx"));
        var report = Run(Checkpoint, Path.Combine(folder, "model.onnx"));
        Assert.That(report.Comparisons.Select(comparison => comparison.Passed), Is.All.True);
        Assert.That(report.Passed, Is.False);
        Assert.That(
            () => report.ThrowIfFailed(),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("embedding.weight[9, 0]"));
    }

    [Test]
    public void Run_OtherTextSettingsAndVocabulary_NamesBothAndComparesNothing()
    {
        var other = new Checkpoint(
            Checkpoint.Config with { Text = Checkpoint.Config.Text with { MaximumLength = 7 } },
            new Core.Vocabulary(Checkpoint.Vocabulary.Tokens.Select(t => t == "word9" ? "changed" : t)),
            Checkpoint.Weights);
        var report = Run(other, _modelPath);
        Assert.That(
            report.MetadataDifferences, Has.Exactly(1).Contains("text settings").And.Exactly(1).Contains("vocabulary"));
        Assert.That(report.MetadataDifferences, Has.Count.EqualTo(2));
        Assert.That(report.Comparisons, Is.Empty);
        Assert.That(report.Passed, Is.False);
        Assert.That(
            () => report.ThrowIfFailed(),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("vocabulary"));
    }

    [Test]
    public void Run_OtherArchitectureAndLabels_NamesBoth()
    {
        var config = Checkpoint.Config with
        {
            Labels = ["bad", "good"],
            Model = Checkpoint.Config.Model with { ReadoutDropout = 0.25 },
        };
        var report = Run(new Checkpoint(config, Checkpoint.Vocabulary, Checkpoint.Weights), _modelPath);
        Assert.That(
            report.MetadataDifferences, Has.Exactly(1).Contains("architecture").And.Exactly(1).Contains("labels"));
    }

    [Test]
    public void Run_FileThatReadsTexts_IsComparedFromTheTextOn()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "text")).FullName, "model.onnx");
        Computations.Export(Checkpoint, path, new ExportOptions { Input = InputKind.Text });
        var report = Run(Checkpoint, path);
        Assert.That(report.Passed, string.Join('\n', report.Comparisons.Select(r => r.ToText())));
        Assert.That(report.Comparisons.Select(r => r.Inputs), Is.EqualTo(
        [
            "test_data_set_0", "test_data_set_1", "random texts, seed 5", "random texts, seed 5", "3 texts", "3 texts",
        ]));
        var others = Run(RandomCheckpoint.Create(Model, seed: 22), path).Comparisons;
        Assert.That(others.Where(r => r.Expected != "stored outputs").Select(r => r.Passed), Is.All.False);
    }

    [Test]
    public void Run_OutputDeclaredWrongly_NamesBothShapes([Values] InputKind input)
    {
        var path = Path.Combine(
            Directory.CreateDirectory(Path.Combine(_folder, $"declared-{input}")).FullName, "model.onnx");
        var model = ClassifierExporter.Export(Checkpoint, new ExportOptions { Input = input });
        var logit = model.Graph.Output.Single(output => output.Name == GraphNames.Logit);
        logit.Type.TensorType.Shape.Dim[1].DimParam = "batch";
        ModelFile.Write(model, path);
        var report = Run(Checkpoint, path);
        Assert.That(report.Passed, Is.False);
        Assert.That(
            report.Weights!.GraphFailures.Single(),
            Does.Contain("'logit'").And.Contain("float [batch, batch]").And.Contain("float [batch, 1]"));
        using var check = new ParityCheck(path, Checkpoint);
        Assert.That(
            check.CompareDeclared().Single(),
            Does.Contain("'logit'").And.Contain("float [batch, batch]").And.Contain("float [2, 1]"));
    }

    [Test]
    public void Run_NothingToCompare_DoesNotPass() => Assert.That(new ParityReport([], []).Passed, Is.False);

    [Test]
    public void CompareRandom_Canceled_Ends()
    {
        using var check = new ParityCheck(_modelPath, Checkpoint);
        Assert.That(
            () => check.CompareRandom(seed: 5, new CancellationToken(canceled: true)).ToList(),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void CompareStored_OutputsOfAnotherModel_Fails()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "tampered")).FullName;
        var path = Path.Combine(folder, "model.onnx");
        File.Copy(_modelPath, path);
        var batch = TokenDataSet.Read(Path.Combine(_folder, TestDataSet.FolderName(0))).Batch;
        var other = Computations.Reference(RandomCheckpoint.Create(Model, seed: 22)).Run(batch);
        new TokenDataSet(batch, other).Write(Path.Combine(folder, TestDataSet.FolderName(0)));
        using var check = new ParityCheck(path, Checkpoint);
        Assert.That(check.CompareStored().Single().Passed, Is.False);
    }

    private static ParityReport Run(Checkpoint checkpoint, string modelPath)
    {
        using var trained = TrainedModel.Load(checkpoint);
        using var check = new ParityCheck(modelPath, checkpoint, [Computations.TorchSharp(trained)]);
        return check.Run(seed: 5, ["word3 word4", "", "word5 unknown"]);
    }
}
