using System.Text.Json.Nodes;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Tests;

public class PredictCommandTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [Test]
    public async Task Predict_Arguments_GivesTheLibrarysPredictionsAsJsonLines()
    {
        string[] texts = ["word3 word4 word5", "", "<br /> \"quoted\" ünïcode 日本"];
        using var model = SentimentModel.Load(_files.Model);
        var expected = model.Predict(texts);
        var lines = await PredictAsync([.. texts]);
        Assert.That(lines.Select(line => line["label"]!.GetValue<string>()), Is.EqualTo(expected.Select(p => p.Label)));
        Assert.That(
            lines.Select(line => line["probability"]!.GetValue<float>()),
            Is.EqualTo(expected.Select(p => p.Probability)).Within(1e-6f));
        Assert.That(lines.Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(texts));
    }

    // A text from elsewhere must neither be read as a file nor bring options.
    [Test]
    public async Task Predict_TextsThatBeginWithAnAt_AreTexts()
    {
        string[] texts =
        [
            "@united worst flight ever", $"@{_files.Write("options.txt", "--model\nnowhere.onnx\n")}",
            "@/etc/passwd", "@",
        ];

        var lines = await PredictAsync([.. texts]);

        Assert.That(lines.Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(texts));
    }

    // After "--", nothing is an option.
    [Test]
    public async Task Predict_TextsThatLookLikeOptions_AreTextsAfterTwoDashes()
    {
        string[] texts = ["--model", "-1 out of 10", "--", "--help"];

        var lines = await PredictAsync(["--", .. texts]);

        Assert.That(lines.Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(texts));
    }

    [Test]
    public async Task Predict_TextFile_HasALineForEachLineEmptyOnesIncluded()
    {
        var lines = await PredictAsync("--input", _files.Write("lines.txt", "one\n\nthree\n"));
        Assert.That(lines.Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(["one", "", "three"]));
    }

    [Test]
    public async Task Predict_Csv_KeepsTheInputsOwnFieldsBesideTheResult()
    {
        var lines = await PredictAsync(
            "--input", _files.Write("table.csv", "id,review,label\n7,\"two\nlines\",pos\n"), "--text-column", "review");
        Assert.That(
            lines.Single().Select(field => field.Key),
            Is.EqualTo(["label", "probability", "id", "review", "input_label"]));
        Assert.That(lines[0]["review"]!.GetValue<string>(), Is.EqualTo("two\nlines"));
        Assert.That(lines[0]["input_label"]!.GetValue<string>(), Is.EqualTo("pos"));
    }

    [Test]
    public async Task Predict_JsonLines_KeepsTypes()
    {
        var lines = await PredictAsync(
            "--input", _files.Write("lines.jsonl", "{\"id\":7,\"tags\":[1,null],\"text\":\"word3\"}\n"));
        Assert.That(lines.Single()["id"]!.GetValue<int>(), Is.EqualTo(7));
        Assert.That(lines[0]["tags"]!.ToJsonString(), Is.EqualTo("[1,null]"));
    }

    [Test]
    public async Task Predict_MoreTextsThanAreReadAtOnce_StaysInOrder()
    {
        var texts = Enumerable.Range(0, 2_500).Select(i => $"word{i % 47} {i}").ToList();
        var lines = await PredictAsync("--input", _files.Write("many.txt", string.Join('\n', texts)));
        Assert.That(lines.Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(texts));
    }

    [Test]
    public async Task Predict_StandardInput_IsReadLineByLine()
    {
        using var process = Tool.Start("predict", "--model", _files.Model);
        await process.StandardInput.WriteAsync("first\nsecond\n");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(Lines(output).Select(line => line["text"]!.GetValue<string>()), Is.EqualTo(["first", "second"]));
    }

    [Test]
    public async Task Predict_NoModelGiven_UsesTheOneThatShips()
    {
        var lines = Lines(
            (await Tool.RunAsync("predict", "a wonderful, moving film", "a dull and pointless mess")).Output);
        Assert.That(lines.Select(line => line["label"]!.GetValue<string>()), Is.EqualTo(["positive", "negative"]));
    }

    private static List<JsonObject> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private async Task<List<JsonObject>> PredictAsync(params string[] args)
    {
        var result = await Tool.RunAsync(["predict", "--model", _files.Model, .. args]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return Lines(result.Output);
    }
}
