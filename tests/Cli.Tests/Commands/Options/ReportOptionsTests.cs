using System.Text.Json.Nodes;
using System.Xml.Linq;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>--json</c>, <c>--junit</c> and <c>--markdown</c> of every command that has them.</summary>
public class ReportOptionsTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    private static IEnumerable<TestCaseData> Lines()
    {
        yield return Line("verify {model.onnx} --against {random} --data {reviews.csv}", "passed");
        yield return Line("verify {model.onnx} --against {other}", "failed");
        yield return Line("verify {model.onnx} --against {other-onnx/model.onnx}", "failed");
        yield return Line("verify {int8/model.onnx} --against {random}", "passed");
        yield return Line("verify {model.onnx} --against-optimization none", "passed");
        yield return Line("export --checkpoint {random} --out {out/model.onnx}", "passed");
        yield return Line(
            "export --checkpoint {random} --out {fp16/model.onnx} --precision fp16 --data {reviews.csv}", "passed");
        yield return Line(
            "export --checkpoint {random} --out {few/model.onnx} --precision int8 --data {reviews.csv} " +
            "--prove-accuracy", "failed");
        yield return Line("evaluate --model {model.onnx} --data {reviews.csv} --by length", "passed");
        yield return Line(
            "evaluate --model {model.onnx} --data {reviews.csv} --minimum-accuracy 0.999", "failed");
        yield return Line(
            "compare --data {reviews.csv} --out {compared} --epochs 1 --models bag --set embedding_size=4 " +
            "--set vocabulary_size=100", "passed");

        static TestCaseData Line(string line, string outcome) => new(line, outcome);
    }

    [TestCaseSource(nameof(Lines))]
    public async Task RunAsync_ReportFiles_FitTheirSchemasAndSayTheSame(string line, string outcome)
    {
        SaveOther();
        var (json, junit, markdown) = (_files.In("a/report.json"), _files.In("a/report.xml"), _files.In("a/report.md"));
        var result = await Tool.RunAsync([.. Args(line), "--json", json, "--junit", junit, "--markdown", markdown]);
        var exitCode = outcome == "passed" ? ExitCode.Done : ExitCode.CheckFailed;
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), $"{result}");
        Assert.That(ReportSchemas.CheckJson(File.ReadAllText(json)), Is.Empty);
        Assert.That(ReportSchemas.CheckJUnit(File.ReadAllText(junit)), Is.Empty);

        var report = JsonNode.Parse(File.ReadAllText(json))!;
        var suites = XDocument.Load(junit).Root!;
        var failed = report["counts"]!["failed"]!.GetValue<int>();
        Assert.That(report["command"]!.GetValue<string>(), Is.EqualTo(line.Split(' ')[0]));
        Assert.That(report["outcome"]!.GetValue<string>(), Is.EqualTo(outcome));
        Assert.That(suites.Attribute("failures")!.Value, Is.EqualTo($"{failed}"));
        Assert.That(suites.Descendants("testcase").Count(), Is.EqualTo(report["checks"]!.AsArray().Count));
        Assert.That(
            File.ReadAllText(markdown),
            Does.StartWith($"## {line.Split(' ')[0]}: {(outcome == "failed" ? "**FAILED**" : "passed")}\n"));
        Assert.That(Directory.GetFiles(_files.In("a"), "*.partial"), Is.Empty);
        AssertFits(result);
    }

    [TestCaseSource(nameof(Lines))]
    public async Task RunAsync_JsonToStandardOutput_IsAloneThere(string line, string outcome)
    {
        SaveOther();
        var result = await Tool.RunAsync([.. Args(line), "--json", "-"]);
        Assert.That(JsonNode.Parse(result.Output)!["outcome"]!.GetValue<string>(), Is.EqualTo(outcome));
        if (outcome == "passed")
        {
            var usual = await Tool.RunAsync(Args(line));
            var last = usual.Output.TrimEnd().Split('\n')[^1];
            Assert.That(result.Error, Does.Contain(last), "the text goes to standard error");
        }
    }

    [Test]
    public async Task Evaluate_Metrics_AreInTheJson()
    {
        var metrics = await Tool.MetricsAsync(
            "--model", _files.Model, "--data", _files.Data, "--minimum-accuracy", "0");
        var (low, high) = (
            metrics["accuracy_interval"]!["low"]!.GetValue<double>(),
            metrics["accuracy_interval"]!["high"]!.GetValue<double>());
        Assert.That(metrics["accuracy"]!.GetValue<double>(), Is.GreaterThan(low).And.LessThan(high));
    }

    [TestCase(0, ExitCode.Done)]
    [TestCase(+1, ExitCode.CheckFailed)]
    public async Task Evaluate_MinimumAccuracy_IsMetByExactlyIt(int more, int exitCode)
    {
        var metrics = await Tool.MetricsAsync("--model", _files.Model, "--data", _files.Data);
        var (accuracy, count) = (metrics["accuracy"]!.GetValue<double>(), metrics["count"]!.GetValue<int>());
        var minimum = Math.Round((decimal)accuracy, 12) + (more * 0.000001m);
        var result = await Tool.RunAsync(
            "evaluate", "--model", _files.Model, "--data", _files.Data, "--minimum-accuracy",
            FormattableString.Invariant($"{minimum}"));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        if (more > 0)
        {
            Assert.That(
                result.Error,
                Does.Contain($"of {count} texts").And.Contain("95 % interval").And.Contain("--minimum-accuracy"));
        }
    }

    [Test]
    public async Task Evaluate_ModelThatGivesNaN_FailsAndWritesTheReport()
    {
        var sound = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 78);
        var weights = sound.Weights.ToDictionary(
            weight => weight.Key, weight => weight.Key.EndsWith("bias", StringComparison.Ordinal)
                ? SafetensorsTensor.FromFloats(
                    [.. Enumerable.Repeat(float.NaN, weight.Value.AsFloats().Length)], weight.Value.Shape)
                : weight.Value);
        var model = ClassifierExporter.Export(new Checkpoint(sound.Config, sound.Vocabulary, weights));
        var (path, report) = (_files.In("nan.onnx"), _files.In("nan.json"));
        File.WriteAllBytes(path, ModelFile.ToBytes(model));

        var result = await Tool.RunAsync("evaluate", "--model", path, "--data", _files.Data, "--json", report);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.CheckFailed), result.ToString());
        Assert.That(result.Error, Does.Contain("NaN or infinite").And.Contain("onnx-sentiment verify"));
        Assert.That(ReportSchemas.CheckJson(File.ReadAllText(report)), Is.Empty);
        Assert.That(File.ReadAllText(report), Does.Contain("\"value\": \"NaN\"").And.Not.Contain("\"metrics\""));
    }

    [TestCase("--json {random}", "is a folder")]
    [TestCase("--junit {reviews.csv/below}", "cannot be written")]
    [TestCase("--json {x.txt} --markdown {x.txt}", "a file of its own")]
    [TestCase("--json - --junit -", "--json and --junit are both '-'")]
    [TestCase("--minimum-accuracy 1.5", "--minimum-accuracy is 1.5")]
    [TestCase("--minimum-accuracy -0.1", "--minimum-accuracy is -0.1")]
    public async Task RunAsync_WrongReportOptions_AreFoundBeforeTheWork(string options, string words)
    {
        var result = await Tool.RunAsync(Args("evaluate --model {model.onnx} --data {nothing.csv} " + options));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain(words).And.Not.Contain("Reading"));
    }

    [Test]
    public async Task RunAsync_WrongInput_LeavesNoReport()
    {
        var path = _files.In("none.json");
        var result = await Tool.RunAsync(
            "evaluate", "--model", _files.Model, "--data", _files.In("nothing.csv"), "--json", path);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput));
        Assert.That(File.Exists(path), Is.False);
    }

    // The texts of every command, whatever the names and paths, save progress.
    private static void AssertFits(Tool.Result result) => Assert.That(
        result.Output.Split('\n').Where(line => !line.StartsWith("Model: ") && !line.StartsWith("Report: "))
            .Select(line => line.TrimEnd()).Where(line => line.Length > 80),
        Is.Empty);

    private void SaveOther()
    {
        if (!File.Exists(_files.In("int8/model.onnx")))
        {
            CheckpointExport.Write(
                Checkpoint.Load(_files.CheckpointFolder), _files.In("int8/model.onnx"),
                new ExportOptions { Precision = Precision.Int8 });
        }

        var other = _files.In("other");
        if (!Directory.Exists(other))
        {
            var checkpoint = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 77);
            checkpoint.Save(other);
            CheckpointExport.Write(checkpoint, _files.In("other-onnx/model.onnx"));
        }

        foreach (var folder in new[] { "a", "compared" }.Select(_files.In).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string[] Args(string line) =>
    [
        .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(arg => arg.StartsWith('{') ? _files.In(arg.Trim('{', '}')) : arg),
    ];
}
