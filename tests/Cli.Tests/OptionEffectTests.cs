using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The value of each option arrives where it is for: a result differs with it as it should.</summary>
public partial class OptionEffectTests
{
    private static readonly string[] Folders = ["pos", "neg"];

    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [TestCase("14")]
    [TestCase("19")]
    public async Task Export_Opset_IsTheFiles(string opset)
    {
        var model = _files.In($"opset{opset}/model.onnx");
        await RunAsync("export", "--checkpoint", _files.CheckpointFolder, "--out", model, "--opset", opset);
        var description = JsonNode.Parse(await RunAsync("inspect", "--model", model, "--json"))!;
        Assert.That(description["opsets"]!.ToJsonString(), Does.Contain(opset));
    }

    [TestCase("ids", "input_ids")]
    [TestCase("text", "text")]
    public async Task Export_Input_IsTheGraphs(string kind, string name)
    {
        var model = _files.In($"input-{kind}/model.onnx");
        await RunAsync("export", "--checkpoint", _files.CheckpointFolder, "--out", model, "--input", kind);
        var description = JsonNode.Parse(await RunAsync("inspect", "--model", model, "--json"))!;
        Assert.That(description["inputs"]![0]!["name"]!.GetValue<string>(), Is.EqualTo(name));
    }

    // The columns named text and label say the opposite of those that are asked for.
    [Test]
    public async Task Export_Columns_AreThoseThatAccuracyIsMeasuredOn()
    {
        var (usual, swapped) = (await AccuracyAsync("text", "label"), await AccuracyAsync("text", "other"));
        Assert.That(usual, Is.EqualTo(1 - swapped).Within(1e-4).And.Not.EqualTo(0.5));

        async Task<double> AccuracyAsync(string text, string label)
        {
            var output = await RunAsync(
                "export", "--checkpoint", _files.CheckpointFolder, "--out", _files.In($"columns-{label}/model.onnx"),
                "--precision", "fp16", "--data", Columns(), "--text-column", text, "--label-column", label,
                "--max-accuracy-drop", "100");
            var row = output.Split('\n').Single(line => line.StartsWith("accuracy  ", StringComparison.Ordinal));
            return double.Parse(Spaces().Split(row)[1], CultureInfo.InvariantCulture);
        }
    }

    [Test]
    public async Task Evaluate_Columns_AreThoseThatAreMeasured()
    {
        var (usual, other) = (await EvaluateAsync("text", "label"), await EvaluateAsync("text", "other"));
        Assert.That(
            usual["accuracy"]!.GetValue<double>(), Is.EqualTo(1 - other["accuracy"]!.GetValue<double>()).Within(1e-12));
        Assert.That(usual["accuracy"]!.GetValue<double>(), Is.Not.EqualTo(0.5));
        Assert.That(
            (await EvaluateAsync("constant", "label"))["log_loss"]!.GetValue<double>(),
            Is.Not.EqualTo(usual["log_loss"]!.GetValue<double>()), "other texts");

        Task<JsonNode> EvaluateAsync(string text, string label) => Tool.MetricsAsync(
            "--model", _files.Model, "--data", Columns(), "--text-column", text, "--label-column", label);
    }

    [Test]
    public async Task Evaluate_By_AddsTheGroupsThatWereAskedFor()
    {
        var data = Archive();
        string[] command = ["--model", _files.Model, "--data", data];
        Assert.That((await Tool.MetricsAsync(command))["groups"]!.AsObject(), Is.Empty);
        var metrics = await Tool.MetricsAsync([.. command, "--by", "rating", "--by", "length"]);
        var groups = metrics["groups"]!.AsObject();
        Assert.That(groups.Select(group => group.Key), Is.EqualTo(["rating", "length"]));
        Assert.That(
            groups["rating"]!.AsArray().Select(
                group => group!["group"]!.GetValue<string>()), Is.EqualTo(["2 stars", "9 stars"]));
        Assert.That(
            groups["length"]!.AsArray().Select(group => group!["group"]!.GetValue<string>()),
            Is.EqualTo(["2 to 2 words", "3 to 3 words"]), "words of the texts, whatever the model reads of them");
    }

    [Test]
    public async Task Evaluate_WithoutJson_PrintsTablesOfTheSameNumbers()
    {
        string[] command = ["--model", _files.Model, "--data", _files.Data];
        var accuracy = (await Tool.MetricsAsync(command))["accuracy"]!.GetValue<double>();
        Assert.That(
            await RunAsync(["evaluate", .. command]),
            Does.StartWith($"accuracy       {accuracy.ToString("0.0000", CultureInfo.InvariantCulture)}"));
    }

    [Test]
    public async Task Verify_Seed_ChoosesTheRandomIds()
    {
        string[] command = ["verify", _files.Model, "--against", _files.CheckpointFolder];
        var (seven, eight) = (await RunAsync([.. command, "--seed", "7"]), await RunAsync([.. command, "--seed", "8"]));
        Assert.That(seven, Does.Contain("random ids, seed 7"));
        Assert.That(eight, Does.Contain("random ids, seed 8"));
        Assert.That(
            seven.Replace("seed 7", "seed 8", StringComparison.Ordinal), Is.Not.EqualTo(eight),
            "other ids, other differences");
    }

    [TestCase("10", "10 texts")]
    [TestCase("59", "59 texts")]
    [TestCase("100", "60 texts")]
    public async Task Verify_Limit_BoundsTheTexts(string limit, string expected) => Assert.That(
        await RunAsync(
            "verify", _files.Model, "--against", _files.CheckpointFolder, "--data", _files.Data,
            "--limit", limit),
        Does.Match($"(?m)^{expected} "));

    [Test]
    public async Task Train_PresetAndSettings_AreInTheCheckpoint()
    {
        var checkpoint = _files.In("settings");
        await RunAsync(
            "train", "--data", Columns(), "--label-column", "mood", "--text-column", "body", "--preset", "quickstart",
            "--set", "epochs=1", "--set", "hidden_size=3", "--set", "threads=1", "--out", checkpoint);
        var config = File.ReadAllText(Path.Combine(checkpoint, "config.json"));
        Assert.That(config, Does.Contain("\"hidden_size\": 3").And.Contain("\"epochs\": 1"));
        Assert.That(config, Does.Contain("angry").And.Contain("happy"), "the labels of the column that was named");
        Assert.That(
            File.ReadLines(Path.Combine(checkpoint, "vocab.txt")), Does.Contain("sunny").And.Not.Contain("word3"),
            "the words of the column that was named");
    }

    [Test]
    public async Task Predict_Model_IsTheOneThatPredicts()
    {
        string[] texts = ["word3 word4", "word5"];
        Assert.That(
            await RunAsync(["predict", "--model", _files.Model, .. texts]),
            Is.Not.EqualTo(await RunAsync(["predict", .. texts])), "the model that ships says something else");
    }

    // Five texts, again and again, and columns that say something else.
    private string Columns()
    {
        string[] rows =
        [
            "word3,positive,negative,same,sunny day,happy", "word4 word7,negative,positive,same,rainy day,angry",
            "word5,positive,negative,same,sunny morning,happy",
            "word6 word3,negative,positive,same,rainy morning,angry",
            "word8,positive,negative,same,sunny night,happy",
        ];
        var table = Enumerable.Repeat(rows, 8).SelectMany(row => row).Prepend("text,label,other,constant,body,mood");
        return _files.Write("columns.csv", string.Join('\n', table) + "\n");
    }

    // In the layout of aclImdb, whose names hold ratings.
    private string Archive()
    {
        foreach (var (split, folder) in Folders.SelectMany(folder => new[] { ("train", folder), ("test", folder) }))
        {
            Directory.CreateDirectory(_files.In($"aclImdb/{split}/{folder}"));
            _files.Write(
                $"aclImdb/{split}/{folder}/0_{(folder == "pos" ? 9 : 2)}.txt",
                folder == "pos" ? "one two three" : "four five");
        }

        return _files.In("aclImdb");
    }

    private static async Task<string> RunAsync(params string[] args)
    {
        var result = await Tool.RunAsync(args);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output;
    }

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
