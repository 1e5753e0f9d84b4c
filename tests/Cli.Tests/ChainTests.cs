using System.Text.Json.Nodes;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary>Every command once, one on the other's results.</summary>
public class ChainTests
{
    [Test]
    public async Task RunAsync_TrainExportVerifyEvaluatePredictInspect_AllDoTheirPart()
    {
        using var files = new TinyFiles();
        var (checkpoint, model) = (files.In("checkpoint"), files.In("exported/model.onnx"));

        var trained = await Tool.RunAsync(["train", .. files.SmallTraining(epochs: 2), "--out", checkpoint]);
        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(trained.Output, Does.Contain("test_accuracy"));
        Assert.That(
            trained.Error,
            Does.Contain("epoch  2").And.Contain("270 texts to train on, 30 to choose the epoch, 60 to test"));
        Assert.That(Directory.GetFiles(files.Folder, "*.resume.*"), Is.Empty, "the state of a finished training");

        var exported = await Tool.RunAsync("export", "--checkpoint", checkpoint, "--out", model);
        Assert.That(exported.ExitCode, Is.Zero, exported.ToString());
        Assert.That(exported.Output, Does.Contain("export: passed"));

        var verified = await Tool.RunAsync(
            "verify", model, "--against", checkpoint, "--data", files.Data);
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(
            verified.Output,
            Does.Contain("test_data_set_1").And.Contain("TorchSharp").And.Contain("60 texts").And.Contain("Verified"));

        var figures = await Tool.MetricsAsync("--model", model, "--data", files.Data);
        var metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(checkpoint, "config.json")))!["metrics"]!;
        Assert.That(figures["count"]!.GetValue<int>(), Is.EqualTo(60));
        Assert.That(
            figures["accuracy"]!.GetValue<double>(),
            Is.EqualTo(metrics["test_accuracy"]!.GetValue<double>()).Within(1e-9));
        Assert.That(
            figures["log_loss"]!.GetValue<double>(), Is.EqualTo(metrics["test_loss"]!.GetValue<double>()).Within(1e-5));

        var inspected = await Tool.RunAsync("inspect", "--model", model);
        Assert.That(inspected.Output, Does.Contain("LSTM").And.Contain("input_ids").And.Contain("bidirectional"));
    }

    [Test]
    public async Task Verify_FileOfAnotherCheckpoint_FailsWithExitCode1()
    {
        using var files = new TinyFiles();
        var other = files.In("other");
        await Tool.RunAsync(["train", .. files.SmallTraining(epochs: 1), "--out", other]);
        var result = await Tool.RunAsync("verify", files.Model, "--against", other);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.CheckFailed), result.ToString());
        Assert.That(result.Error, Does.Contain("does not compute what the checkpoint computes"));
    }

    [Test]
    public async Task Evaluate_TextsOfOneClass_AreMeasuredAllTheSame()
    {
        using var files = new TinyFiles();
        var data = files.Write("one.csv", "text,label\nword3 word4,pos\nword5,pos\n");
        var figures = await Tool.MetricsAsync("--model", files.Model, "--data", data);
        Assert.That(figures["count"]!.GetValue<int>(), Is.EqualTo(2));
        var unknown = await Tool.RunAsync(
            "evaluate", "--model", files.Model, "--data", files.Write("other.csv", "text,label\nword3,joy\n"));
        Assert.That(unknown.ExitCode, Is.EqualTo(ExitCode.WrongInput));
        Assert.That(unknown.Error, Does.Contain("'joy'").And.Contain("negative and positive"));
    }

    [Test]
    public async Task RunAsync_TextsWithNul_TrainAndExport()
    {
        using var files = new TinyFiles();
        var lines = Enumerable.Range(0, 60).Select(
            i => $"{{\"text\":\"a\\u0000b \\u0000 {(i % 2 == 0 ? "good" : "bad")}\",\"label\":\"{i % 2}\"}}");
        var data = files.Write("nul.jsonl", string.Join('\n', lines));
        var checkpoint = files.In("nul");
        var trained = await Tool.RunAsync(
            "train", "--data", data, "--preset", "quickstart", "--set", "epochs=1", "--out", checkpoint);
        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        var exported = await Tool.RunAsync(
            "export", "--checkpoint", checkpoint, "--out", files.In("nul-model/model.onnx"));
        Assert.That(exported.ExitCode, Is.Zero, exported.ToString());
    }

    [Test]
    public async Task Train_CheckpointWithAForeignFile_IsNotReplaced()
    {
        using var files = new TinyFiles();
        var foreign = files.Write("random/notes.txt", "mine");
        var result = await Tool.RunAsync(
            ["train", .. files.SmallTraining(epochs: 1), "--out", files.CheckpointFolder, "--restart"]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(File.ReadAllText(foreign), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Inspect_Json_IsOneObject()
    {
        using var files = new TinyFiles();
        var description = JsonNode.Parse((await Tool.RunAsync("inspect", "--model", files.Model, "--json")).Output)!;
        Assert.That(description["inputs"]![0]!["name"]!.GetValue<string>(), Is.EqualTo("input_ids"));
        Assert.That(description["parameter_count"]!.GetValue<long>(), Is.GreaterThan(0));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Inspect_FileOfAnotherTool_SaysWhatIsNotCovered(bool json)
    {
        var foreign = Path.Combine(Checkout.Root, "tests", "Onnx.Tests", "Fixtures", "foreign.onnx");
        var result = await Tool.RunAsync(["inspect", "--model", foreign, .. json ? (string[])["--json"] : []]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.ToString());
        Assert.That(
            result.Output,
            Does.Contain(json ? "\"unknowns\": [" : "not covered:").And.Contain("newer than")
                .And.Contain("com.example.future.Mystery"));
    }

    [TestCase("predict --model {0} text")]
    [TestCase("evaluate --model {0} --data {0}")]
    public async Task RunAsync_FileOfAnotherTool_IsRefused(string line)
    {
        var foreign = Path.Combine(Checkout.Root, "tests", "Onnx.Tests", "Fixtures", "foreign.onnx");
        var result = await Tool.RunAsync(
            [.. line.Split(' ').Select(word => word.Replace("{0}", foreign, StringComparison.Ordinal))]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("foreign.onnx"));
    }
}
