using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

public class StoredDataCheckTests
{
    private const int VocabularySize = 50;

    private static readonly ModelConfig Config = new() { EmbeddingSize = 5, HiddenSize = 4 };
    private static readonly Checkpoint Checkpoint = RandomCheckpoint.Create(
        Config, seed: 41, VocabularySize, maximumLength: 12);

    private SentimentModel _model = null!;
    private string _folder = "";

    [OneTimeSetUp]
    public void Load() =>
        _model = SentimentModel.Load(new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint))));

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("stored-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Run_ItsOwnData_PassesUnderTheFoldersNames()
    {
        Write(Checkpoint);
        var reports = StoredDataCheck.Run(_model, _folder).ToList();
        Assert.That(reports.Select(report => report.Inputs), Is.EqualTo(["test_data_set_0", "test_data_set_1"]));
        Assert.That(reports.Select(report => report.Passed), Is.All.True);
        Assert.That(reports.Select(report => report.Texts), Is.EqualTo([7, 7]));
    }

    [Test]
    public void Run_DataOfAnotherModel_FailsWithTheLargestDifference()
    {
        Write(RandomCheckpoint.Create(Config, seed: 42, VocabularySize, maximumLength: 12));
        var report = StoredDataCheck.Run(_model, _folder).First();
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Outputs[0].LargestAbsolute, Is.GreaterThan(report.Outputs[0].Tolerance.Absolute));
    }

    [Test]
    public void Run_DataOfMoreLabels_Fails()
    {
        Write(RandomCheckpoint.Create(Config, seed: 41, VocabularySize, maximumLength: 12, labels: 3));
        Assert.That(StoredDataCheck.Run(_model, _folder).Select(report => report.Passed), Is.All.False);
    }

    [Test]
    public void Run_NothingStored_HasNoReport() => Assert.That(StoredDataCheck.Run(_model, _folder), Is.Empty);

    [TestCase(41, true)]
    [TestCase(42, false)]
    public void Run_FileThatReadsTexts_ComparesItsTexts(int seed, bool passes)
    {
        var texts = ClassifierExporter.Export(Checkpoint, new ExportOptions { Input = InputKind.Text });
        using var model = SentimentModel.Load(new MemoryStream(ModelFile.ToBytes(texts)));
        var stored = RandomCheckpoint.Create(Config, seed, VocabularySize, maximumLength: 12);
        var inputs = TextInputs.Create(seed: 1, stored.Config.Text, stored.Vocabulary);
        foreach (var (index, dataSet) in
            TextDataSet.Create(new ReferenceEvaluator(stored).ToRunner(), inputs, stored).Index())
        {
            dataSet.Write(Path.Combine(_folder, TestDataSet.FolderName(index)));
        }

        var reports = StoredDataCheck.Run(model, _folder).ToList();

        Assert.That(reports, Has.Count.EqualTo(2));
        Assert.That(reports.Select(report => report.Passed), Is.All.EqualTo(passes));
    }

    // The vocabulary has the ids 0 to 49.
    [TestCase(49, true)]
    [TestCase(50, false)]
    [TestCase(-1, false)]
    public void Run_IdsAtTheBorderOfTheVocabulary_OnlyItsOwn(int id, bool isKnown)
    {
        new TokenDataSet(TokenBatch.Pad([[1, id]]), new([0], [0.5]))
            .Write(Path.Combine(_folder, TestDataSet.FolderName(0)));
        Assert.That(
            () => StoredDataCheck.Run(_model, _folder).ToList(),
            isKnown
                ? Throws.Nothing
                : Throws.InstanceOf<InvalidInputException>().With.Message.Contains($"the id {id},"));
    }

    private void Write(Checkpoint checkpoint)
    {
        var dataSets = TokenDataSet.Create(
            new ReferenceEvaluator(checkpoint).ToRunner(), seed: 1, VocabularySize, maximumLength: 12);
        foreach (var (index, dataSet) in dataSets.Index())
        {
            dataSet.Write(Path.Combine(_folder, TestDataSet.FolderName(index)));
        }
    }
}
