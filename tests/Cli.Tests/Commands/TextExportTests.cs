using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>export --input text</c>.</summary>
public class TextExportTests
{
    [Test]
    public async Task Export_InputText_WritesAFileThatTakesTexts()
    {
        using var files = new TinyFiles();
        var path = files.In("text/model.onnx");
        var exported = await Tool.RunAsync(
            "export", "--checkpoint", files.CheckpointFolder, "--out", path, "--input", "text");
        Assert.That(exported.ExitCode, Is.Zero, exported.ToString());
        Assert.That(exported.Output, Does.Contain("parity: passed").And.Contain("test_data_set_0"));
        using var text = SentimentModel.Load(path);
        using var ids = SentimentModel.Load(files.Model);
        Assert.That(
            text.Predict("word3 word9").Probability, Is.EqualTo(ids.Predict("word3 word9").Probability).Within(1e-5));

        var inspected = await Tool.RunAsync("inspect", "--model", path);
        Assert.That(
            inspected.Output,
            Does.Contain("string [batch]").And.Contain("com.microsoft.Tokenizer").And.Not.Contain("not covered"));
    }

    [Test]
    public async Task Export_InputIds_IsTheDefault()
    {
        using var files = new TinyFiles();
        var path = files.In("ids/model.onnx");
        await Tool.RunAsync("export", "--checkpoint", files.CheckpointFolder, "--out", path, "--input", "ids");
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(File.ReadAllBytes(files.Model)));
    }
}
