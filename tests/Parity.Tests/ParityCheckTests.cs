using OnnxSentiment.Cli;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;

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
        ExportPipeline.Export(Checkpoint, _modelPath);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Compare_ItsOwnCheckpoint_PassesEverywhere()
    {
        using var check = new ParityCheck(_modelPath, Checkpoint);
        var reports = AllReports(check).ToList();
        Assert.That(reports.Select(r => r.Expected), Is.EqualTo(["stored outputs", "stored outputs", "reference", "TorchSharp", "reference", "TorchSharp"]));
        Assert.That(reports.Select(r => r.Passed), Is.All.True);
        Assert.That(reports.Select(r => r.Texts), Is.All.GreaterThan(0));
        Assert.That(check.CompareMetadata(), Is.Empty);
    }

    [Test]
    public void Compare_AnotherCheckpoint_FailsAgainstReferenceAndTorchSharp()
    {
        using var check = new ParityCheck(_modelPath, RandomCheckpoint.Create(Model, seed: 22));
        Assert.That(AllReports(check).Where(r => r.Expected != "stored outputs").Select(r => r.Passed), Is.All.False);
    }

    [Test]
    public void CompareMetadata_OtherTextSettingsAndVocabulary_NamesBoth()
    {
        var other = new Checkpoint(
            Checkpoint.Config with { Text = Checkpoint.Config.Text with { MaximumLength = 7 } },
            new Core.Vocabulary(Checkpoint.Vocabulary.Tokens.Select(t => t == "word9" ? "changed" : t)),
            Checkpoint.Weights);
        using var check = new ParityCheck(_modelPath, other);
        Assert.That(check.CompareMetadata(), Has.Exactly(1).Contains("text settings").And.Exactly(1).Contains("vocabulary"));
    }

    [Test]
    public void CompareStored_OutputsOfAnotherModel_Fails()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "tampered")).FullName;
        var path = Path.Combine(folder, "model.onnx");
        File.Copy(_modelPath, path);
        var batch = TokenDataSet.Read(Path.Combine(_folder, TestDataSet.FolderName(0))).Batch;
        var other = Runners.Reference(RandomCheckpoint.Create(Model, seed: 22)).Run(batch);
        new TokenDataSet(batch, other).Write(Path.Combine(folder, TestDataSet.FolderName(0)));
        using var check = new ParityCheck(path, Checkpoint);
        Assert.That(check.CompareStored().Single().Report.Passed, Is.False);
    }

    private static IEnumerable<ComparisonReport> AllReports(ParityCheck check) =>
        check.CompareStored().Concat(check.CompareRandom(seed: 5)).Concat(check.CompareTexts(["word3 word4", "", "word5 unknown"]))
            .Select(comparison => comparison.Report);
}
