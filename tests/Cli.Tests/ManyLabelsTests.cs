using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli.Tests;

/// <summary>Every command on texts of five labels, of which the last word decides.</summary>
public class ManyLabelsTests
{
    private static readonly (string Label, string Word)[] Classes =
        [("1", "awful"), ("2", "weak"), ("3", "fine"), ("9", "superb"), ("10", "perfect")];

    [Test]
    public async Task RunAsync_TrainExportVerifyEvaluatePredictInspect_AllDoTheirPart(
        [Values("float32", "int8")] string precision)
    {
        using var files = new TinyFiles();
        var (checkpoint, model) = (files.In("checkpoint"), files.In("exported/model.onnx"));
        var data = files.Write("stars.csv", "text,label,split\n" + Rows(400, "train") + Rows(50, "test"));

        await RunAsync(
            "train", "--data", data, "--preset", "quickstart", "--set", "epochs=8", "--set", "learning_rate=0.02",
            "--set", "embedding_size=8", "--set", "hidden_size=8", "--set", "threads=1", "--out", checkpoint);
        string[] measured = precision == "float32" ? [] : ["--data", data, "--max-accuracy-drop", "5"];
        var exported = await RunAsync(
            ["export", "--checkpoint", checkpoint, "--out", model, "--precision", precision, .. measured]);
        Assert.That(exported, Does.Contain("export: passed"));
        var verified = await RunAsync("verify", model, "--against", checkpoint, "--data", data);
        Assert.That(verified, Does.Contain("TorchSharp").And.Contain("50 texts").And.Contain("Verified"));

        await AssertEvaluatesAsTrained(files, precision == "int8");
        await AssertPredicts(model);
        Assert.That(
            await RunAsync("inspect", "--model", model), Does.Contain("Softmax").And.Contain("float [batch, 5]"));
    }

    private static async Task AssertEvaluatesAsTrained(TinyFiles files, bool isInt8)
    {
        var figures = await Tool.MetricsAsync(
            "--model", files.In("exported/model.onnx"), "--data", files.In("stars.csv"), "--pictures",
            files.In("pictures"));
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(files.In("checkpoint"), "config.json")))!;
        var metrics = config["metrics"]!;
        Assert.That(
            figures["accuracy"]!.GetValue<double>(),
            Is.EqualTo(metrics["test_accuracy"]!.GetValue<double>()).Within(isInt8 ? 0.05 : 1e-9));
        Assert.That(
            figures["log_loss"]!.GetValue<double>(),
            Is.EqualTo(metrics["test_loss"]!.GetValue<double>()).Within(isInt8 ? 0.05 : 1e-5));
        Assert.That(figures["accuracy"]!.GetValue<double>(), Is.GreaterThan(0.9), "the words tell the labels apart");
        Assert.That(
            figures["labels"]!.AsArray().Select(label => label!["label"]!.GetValue<string>()),
            Is.EqualTo(["1", "2", "3", "9", "10"]));
        Assert.That(
            figures["confusion_matrix"]!.AsArray().Sum(row => row!.AsArray().Sum(count => count!.GetValue<int>())),
            Is.EqualTo(50));
        Assert.That(Directory.GetFiles(files.In("pictures")), Has.Length.EqualTo(3));
    }

    private static async Task AssertPredicts(string model)
    {
        var lines = (await RunAsync("predict", "--model", model, "the film is weak", "the film is perfect"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.That(lines.Select(line => line["label"]!.GetValue<string>()), Is.EqualTo(["2", "10"]));
        var probabilities = lines[0]["probabilities"]!.AsObject();
        Assert.That(probabilities.Select(p => p.Key), Is.EqualTo(["1", "2", "3", "9", "10"]));
        Assert.That(probabilities.Sum(p => p.Value!.GetValue<double>()), Is.EqualTo(1).Within(1e-5));
        Assert.That(lines[0]["probability"]!.GetValue<double>(), Is.EqualTo(probabilities["2"]!.GetValue<double>()));
    }

    [Test]
    public async Task Evaluate_LabelThatTheModelDoesNotKnow_IsRefused()
    {
        using var files = new TinyFiles();
        var result = await Tool.RunAsync(
            "evaluate", "--model", files.Model, "--data", files.Write("x.csv", "text,label\nfine,3\nbad,1\n"));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput));
        Assert.That(result.Error, Does.Contain("has the label '3', but the model knows negative and positive"));
    }

    private static string Rows(int count, string split) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"the {Classes[i / 5 % 5].Word} trailer but the film is {Classes[i % 5].Word}," +
        $"{Classes[i % 5].Label},{split}\n"));

    private static async Task<string> RunAsync(params string[] args)
    {
        var result = await Tool.RunAsync(args);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output;
    }
}
