using OnnxSentiment.Core;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>export --precision</c> with and without labelled texts.</summary>
public class PrecisionOptionsTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [TestCase("fp16")]
    [TestCase("int8")]
    public async Task Export_SmallerPrecisionWithData_ShowsBothAndVerifies(string precision)
    {
        var model = _files.In($"{precision}/model.onnx");
        var exported = await Tool.RunAsync(
            "export", "--checkpoint", _files.CheckpointFolder, "--out", model, "--precision", precision,
            "--data", _files.Data, "--max-accuracy-drop", "50");
        Assert.That(exported.ExitCode, Is.Zero, exported.ToString());
        Assert.That(
            exported.Output,
            Does.Contain("export: passed").And.Match($@"(?m)^precision +float32 +{precision}$")
                .And.Match(@"(?m)^bytes +[\d,]+ +[\d,]+$").And.Match(@"(?m)^accuracy +0\.\d{5} +0\.\d{5}$"));

        var verified = await Tool.RunAsync(
            "verify", model, "--against", _files.CheckpointFolder, "--data", _files.Data);
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(
            (await Tool.RunAsync("inspect", "--model", model)).Output,
            Does.Contain("onnx_sentiment.precision").And.Contain(precision));
    }

    [TestCase("fp16")]
    [TestCase("int8")]
    public async Task Export_SmallerPrecisionTwice_SameBytes(string precision)
    {
        string[] paths = [_files.In($"{precision}-a/model.onnx"), _files.In($"{precision}-b/model.onnx")];
        foreach (var path in paths)
        {
            var result = await Tool.RunAsync(
                "export", "--checkpoint", _files.CheckpointFolder, "--out", path, "--precision", precision);
            Assert.That(result.ExitCode, Is.Zero, result.ToString());
            Assert.That(result.Output, Does.Not.Contain("accuracy"));
        }

        Assert.That(File.ReadAllBytes(paths[1]), Is.EqualTo(File.ReadAllBytes(paths[0])));
    }

    [Test]
    public async Task Export_Int8OfAGru_SaysWhatIsSupportedAndLeavesNoFile()
    {
        var checkpoint = _files.In("gru");
        RandomCheckpoint.Create(
            new ModelConfig { Cell = CellKind.Gru, EmbeddingSize = 5, HiddenSize = 4 }, seed: 32).Save(checkpoint);
        var result = await Tool.RunAsync(
            "export", "--checkpoint", checkpoint, "--out", _files.In("gru-int8/model.onnx"), "--precision", "int8");
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("cell is gru").And.Contain("lstm alone"));
        Assert.That(Directory.Exists(_files.In("gru-int8")), Is.False);
    }

    [Test]
    public async Task Export_LabelsOfOtherData_SaysSo()
    {
        var data = _files.Write("stars.csv", "text,label\ngood,five\nbad,one\n");
        var result = await Tool.RunAsync(
            "export", "--checkpoint", _files.CheckpointFolder, "--out", _files.In("x.onnx"),
            "--precision", "fp16", "--data", data);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("five").Or.Contain("one"));
    }
}
