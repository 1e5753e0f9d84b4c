using System.Text.Json.Nodes;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// Real texts with eight labels: reviews of IMDB by their stars, which the names of the files say. Enough of them to
/// learn that there are good and bad ones, in about a minute.
/// </summary>
[Category("Slow")]
public class StarRatingsTests
{
    private const int EachTrainText = 4;
    private const int EachTestText = 12;

    [Test]
    public async Task RunAsync_ReviewsByStars_TrainExportVerifyEvaluatePredict()
    {
        var reviews = DatasetReader.Read(Checkout.ImdbArchive());
        using var files = new TinyFiles();
        var (data, checkpoint, model) = (files.In("stars.jsonl"), files.In("stars"), files.In("stars-onnx/model.onnx"));
        WriteStars(reviews, data);

        await RunAsync("train", "--data", data, "--out", checkpoint, "--set", "epochs=2", "--set", "maximum_length=60",
            "--set", "embedding_size=32", "--set", "hidden_size=16", "--set", "readout=max_mean",
            "--set", "batch_size=32", "--set", "learning_rate=0.004");
        await RunAsync("export", "--checkpoint", checkpoint, "--out", model);
        Assert.That(
            await RunAsync("verify", model, "--against", checkpoint, "--data", data, "--limit", "100"),
            Does.Contain("Verified"));

        var figures = await Tool.MetricsAsync("--model", model, "--data", data);
        TestContext.Out.WriteLine(figures.ToJsonString());
        Assert.That(
            figures["labels"]!.AsArray().Select(label => label!["label"]!.GetValue<string>()),
            Is.EqualTo(["1", "2", "3", "4", "7", "8", "9", "10"]));
        Assert.That(
            figures["accuracy"]!.GetValue<double>(), Is.GreaterThan(0.25), "the most frequent label alone gives 0.2");
        Assert.That(figures["roc_auc"]!.GetValue<double>(), Is.GreaterThan(0.6));

        var line = JsonNode.Parse(
            await RunAsync("predict", "--model", model, "A waste of time: awful, boring, the worst film ever."))!;
        var probabilities = line["probabilities"]!.AsObject().Select(p => p.Value!.GetValue<double>()).ToList();
        Assert.That(probabilities[..4].Sum(), Is.GreaterThan(probabilities[4..].Sum()), line.ToJsonString());
    }

    private static void WriteStars(Dataset reviews, string path)
    {
        var rows = Rows(reviews.Train, "train", EachTrainText).Concat(Rows(reviews.Test, "test", EachTestText));
        File.WriteAllLines(path, rows.Select(row => row.ToJsonString()));
    }

    // For instance train/neg/0_3.txt: three stars.
    private static IEnumerable<JsonObject> Rows(IReadOnlyList<LabeledText> reviews, string split, int each) =>
        reviews.Where((_, i) => i % each == 0).Select(review => new JsonObject
        {
            ["text"] = review.Text,
            ["label"] = Path.GetFileNameWithoutExtension(review.Id!).Split('_')[1],
            ["split"] = split,
        });

    private static async Task<string> RunAsync(params string[] args)
    {
        var result = await Tool.RunAsync(args);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output;
    }
}
