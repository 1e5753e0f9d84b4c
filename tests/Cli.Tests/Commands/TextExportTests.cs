using System.Text.Json.Nodes;
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
        Assert.That(exported.Output, Does.Contain("export: passed").And.Contain("test_data_set_0"));
        using var text = SentimentModel.Load(path);
        using var ids = SentimentModel.Load(files.Model);
        Assert.That(
            text.Predict("word3 word9").Probability, Is.EqualTo(ids.Predict("word3 word9").Probability).Within(1e-5));

        var inspected = await Tool.RunAsync("inspect", "--model", path);
        Assert.That(inspected.Output, Does.Contain("string [batch]").And.Not.Contain("not covered"));
        var described = await Tool.RunAsync("inspect", "--model", path, "--json");
        Assert.That(described.Output, Does.Contain("\"com.microsoft.Tokenizer\""));
    }

    [Test]
    public async Task Commands_FileThatTakesTexts_SayWhatTheySayOfIds()
    {
        using var files = new TinyFiles();
        var path = files.In("text/model.onnx");
        await Tool.RunAsync("export", "--checkpoint", files.CheckpointFolder, "--out", path, "--input", "text");
        var verified = await Tool.RunAsync(
            "verify", path, "--against", files.CheckpointFolder, "--data", files.Data);
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());

        var (text, ids) = (await EvaluateAsync(path), await EvaluateAsync(files.Model));
        Assert.That(text["confusion_matrix"]!.ToJsonString(), Is.EqualTo(ids["confusion_matrix"]!.ToJsonString()));
        Assert.That(
            text["log_loss"]!.GetValue<double>(), Is.EqualTo(ids["log_loss"]!.GetValue<double>()).Within(1e-5));

        Task<JsonNode> EvaluateAsync(string model) => Tool.MetricsAsync("--model", model, "--data", files.Data);
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
