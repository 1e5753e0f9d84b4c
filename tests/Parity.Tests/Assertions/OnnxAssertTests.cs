using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>An assertion throws one exception, whose message says first what failed and then everything.</summary>
public sealed class OnnxAssertTests
{
    private static readonly CheckResult Good = Result("logit", CheckOutcome.Passed, "");
    private static readonly CheckResult Bad = Result("probability", CheckOutcome.Failed, "3 of 7 numbers differ") with
    {
        Details = "maximum 0.2\nmean 0.1",
    };

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("assert-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Agrees_SameWeightsInAnotherOpset_Passes() => Assert.That(
        () => OnnxAssert.Agrees(Write("new", seed: 1, opset: 21), Write("old", seed: 1, opset: 15)), Throws.Nothing);

    [Test]
    public void Agrees_OtherWeights_ThrowsWithBothFilesInTheFirstLine()
    {
        var (model, against) = (Write("one", seed: 1), Write("other", seed: 2));
        var error = Assert.Throws<OnnxAssertException>(() => OnnxAssert.Agrees(model, against))!;

        Assert.That(error.Message.Split('\n')[0], Does.StartWith($"'{model}' does not agree with {against}: "));
        Assert.That(error.Report.Checks.Select(check => check.Outcome), Has.Some.EqualTo(CheckOutcome.Failed));
    }

    [Test]
    public void Agrees_WideTolerance_Passes() => Assert.That(
        () => OnnxAssert.Agrees(
            Write("one", seed: 1), Write("other", seed: 2), new() { AbsoluteTolerance = 100, RelativeTolerance = 1 }),
        Throws.Nothing);

    [Test]
    public void MatchesTestData_ItsOwn_Passes()
    {
        var model = Write("model", seed: 1);
        Store(seed: 1, _folder);
        Assert.That(() => OnnxAssert.MatchesTestData(model), Throws.Nothing);
    }

    [Test]
    public void MatchesTestData_ThatOfAnotherModel_Throws()
    {
        var (model, data) = (Write("model", seed: 1), Path.Combine(_folder, "data"));
        Store(seed: 2, data);
        Assert.That(
            () => OnnxAssert.MatchesTestData(model, data),
            Throws.TypeOf<OnnxAssertException>().With.Message.Contains("test_data_set_0"));
    }

    [Test]
    public void MatchesTestData_NoneThere_SaysWhatWasExpected() => Assert.That(
        () => OnnxAssert.MatchesTestData(Write("model", seed: 1)),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("test_data_set_0"));

    [Test]
    public void Passed_ReportWithoutFailure_ReturnsSilently() =>
        Assert.That(
            () => OnnxAssert.Passed(Report(Good, Result("size", CheckOutcome.Skipped, "none"))), Throws.Nothing);

    [Test]
    public void Passed_FailedCheck_ThrowsWithWhatFailedInTheFirstLine()
    {
        var report = Report(Good, Bad);
        var error = Assert.Throws<OnnxAssertException>(() => OnnxAssert.Passed(report))!;

        Assert.That(error.Report, Is.SameAs(report));
        Assert.That(error.Message.Split('\n')[0], Is.EqualTo(
            "'a.onnx' does not agree with b.onnx: 1 of 2 checks failed, the first in 'random inputs': " +
            "3 of 7 numbers differ"));
        Assert.That(error.Message, Does.Contain("logit").And.Contain("maximum 0.2").And.Contain("mean 0.1"));
    }

    [Test]
    public void Passed_NothingChecked_Throws()
    {
        Assert.That(
            () => OnnxAssert.Passed(Report()),
            Throws.TypeOf<OnnxAssertException>().With.Message.StartsWith(
                "'a.onnx' could not be compared with b.onnx: no check was made."));
        Assert.That(
            () => OnnxAssert.Passed(Report(Result("size", CheckOutcome.Skipped, "the module fails"))),
            Throws.TypeOf<OnnxAssertException>().With.Message.Contains("the module fails"));
    }

    private static Checkpoint Random(int seed) => RandomCheckpoint.Create(
        new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed, vocabularySize: 50, maximumLength: 12);

    private string Write(string name, int seed, int opset = 17)
    {
        var path = Path.Combine(_folder, $"{name}.onnx");
        ModelFile.Write(ClassifierExporter.Export(Random(seed), new ExportOptions { Opset = opset }), path);
        return path;
    }

    private static void Store(int seed, string folder)
    {
        var data = TokenDataSet.Create(
            new ReferenceEvaluator(Random(seed)).ToRunner(), seed: 1, vocabularySize: 50, maximumLength: 12);
        foreach (var (index, dataSet) in data.Index())
        {
            dataSet.Write(Path.Combine(folder, TestDataSet.FolderName(index)));
        }
    }

    private static CheckReport Report(params CheckResult[] checks) =>
        new() { Command = "Agrees", Subject = "a.onnx", Against = "b.onnx", Checks = checks };

    private static CheckResult Result(string name, CheckOutcome outcome, string message) =>
        new() { Group = "random inputs", Name = name, Outcome = outcome, Message = message };
}
