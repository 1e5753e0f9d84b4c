using System.Globalization;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>compare</c> from labelled texts to the report, on small networks.</summary>
[Category("Slow")]
public class CompareCommandTests
{
    private static readonly string[] Names = ["bag", "rnn", "lstm", "gru", "birnn", "bilstm", "bigru"];

    private static readonly string[] SharedSettings = ["epochs", "hidden_size", "batch_size"];

    private static readonly string[] Files =
        ["report.md", "report.json", "plan.json", "curves.png", "gradients.png", "lengths.png", "complaints.png"];

    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [Test]
    public async Task RunAsync_AllNetworks_WritesEveryFileAndTheSameFiguresTwice()
    {
        var folder = _files.In("whole");
        var result = await Tool.RunAsync([.. Compare(folder, epochs: 2)]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Error, Does.Contain("270 texts to train on, 30 to choose the epoch, 60 to test"));
        Assert.That(result.Output, Does.Contain("bag of words").And.Contain("BiGRU").And.Contain("report.md"));
        Assert.That(
            Directory.GetFiles(folder).Select(Path.GetFileName),
            Is.EquivalentTo(Files));

        var models = Models(folder);
        Assert.That(models.Select(model => model["name"]!.GetValue<string>()), Is.EqualTo(Names));
        AssertMainTable(Path.Combine(folder, "report.md"), models);
        AssertSettings(folder);
        foreach (var model in models)
        {
            var name = model["name"]!.GetValue<string>();
            var onnx = new FileInfo(Path.Combine(folder, "models", name, "seed-1", "model.onnx"));
            Assert.That(model["file_bytes"]!.GetValue<long>(), Is.EqualTo(onnx.Length), name);
            var run = model["runs"]!.AsArray().Single()!;
            Assert.That(run["epochs"]!.AsArray(), Has.Count.EqualTo(2), name);
            Assert.That(run["by_length"]!.AsArray().Sum(bin => bin!["texts"]!.GetValue<int>()), Is.EqualTo(60), name);
            Assert.That(run["complaints"]!.AsArray(), Has.Count.EqualTo(4), name);
            Assert.That(run["gradients"] is not null, Is.EqualTo(name is "rnn" or "lstm" or "gru"), name);
        }

        var order = models[0]["runs"]![0]!["complaints"]!.AsArray().Single(
            c => c!["complaint"]!.GetValue<string>() == "order")!;
        Assert.That(order["right"]!.GetValue<int>(), Is.Zero, "a bag cannot tell orders apart");
    }

    [Test]
    public async Task RunAsync_AccuracyOfTheReport_IsThatOfEvaluate()
    {
        var folder = _files.In("evaluated");
        await Tool.RunAsync([.. Compare(folder, epochs: 1), "--models", "gru"]);
        var evaluated = await Tool.MetricsAsync(
            "--model", Path.Combine(folder, "models/gru/seed-1/model.onnx"), "--data", _files.Data);
        Assert.That(
            Models(folder).Single()["test_accuracy"]!.GetValue<double>(),
            Is.EqualTo(evaluated["accuracy"]!.GetValue<double>()).Within(1e-12));
    }

    [Test]
    public async Task RunAsync_TwoSeeds_ReportsMeanAndDeviation()
    {
        var folder = _files.In("seeds");
        var result = await Tool.RunAsync([.. Compare(folder, epochs: 1), "--models", "bag", "lstm", "--seeds", "2"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        foreach (var model in Models(folder))
        {
            var values = model["runs"]!.AsArray().Select(run => run!["test_accuracy"]!.GetValue<double>()).ToList();
            Assert.That(model["test_accuracy"]!.GetValue<double>(), Is.EqualTo(values.Average()).Within(1e-12));
            Assert.That(
                model["test_accuracy_deviation"]!.GetValue<double>(),
                Is.EqualTo(Math.Abs(values[0] - values[1]) / Math.Sqrt(2)).Within(1e-12));
        }

        AssertMainTable(Path.Combine(folder, "report.md"), Models(folder));
    }

    [Test]
    public async Task RunAsync_KilledAndResumed_ReportsWhatAnUninterruptedRunDoes()
    {
        var (whole, killed) = (_files.In("uninterrupted"), _files.In("killed"));
        await Tool.RunAsync([.. Compare(whole, epochs: 4), "--models", "rnn", "lstm"]);

        using (var process = Tool.Start([.. Compare(killed, epochs: 4), "--models", "rnn", "lstm"]))
        {
            await WaitForLineAsync(process, "2 of 2");
            await WaitForLineAsync(process, "epoch  2");
            process.Kill();
            await process.WaitForExitAsync();
        }

        var refused = await Tool.RunAsync([.. Compare(killed, epochs: 4), "--models", "rnn", "lstm"]);
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.WrongInput));
        Assert.That(refused.Error, Does.Contain("--resume"));

        var resumed = await Tool.RunAsync([.. Compare(killed, epochs: 4), "--models", "rnn", "lstm", "--resume"]);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(resumed.Error, Does.Contain("finished before").And.Not.Contain("epoch  1").And.Contain("epoch  4"));
        Assert.That(Timeless(killed), Is.EqualTo(Timeless(whole)));
    }

    [Test]
    public async Task RunAsync_CheckpointWithoutMeasurements_IsMeasuredAndNotTrainedAgain()
    {
        var folder = _files.In("unmeasured");
        string[] command = [.. Compare(folder, epochs: 1), "--models", "gru", "--resume"];
        await Tool.RunAsync(command);
        var before = Timeless(folder);
        File.Delete(Path.Combine(folder, "models/gru/seed-1/run.json"));

        var measured = await Tool.RunAsync(command);
        Assert.That(measured.ExitCode, Is.Zero, measured.ToString());
        Assert.That(measured.Error, Does.Not.Contain("epoch  1"));
        var again = await Tool.RunAsync(command);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(Timeless(folder), Is.EqualTo(before));
        Assert.That(
            File.ReadAllText(Path.Combine(folder, "report.md")), Does.Contain("| 1 | – |"), "no epoch was timed");
    }

    [Test]
    public async Task RunAsync_ResumedWithMoreNetworks_KeepsTheFinishedOnes()
    {
        var folder = _files.In("more");
        await Tool.RunAsync([.. Compare(folder, epochs: 1), "--models", "bag"]);
        var finished = File.ReadAllText(Path.Combine(folder, "models/bag/seed-1/run.json"));
        var result = await Tool.RunAsync([.. Compare(folder, epochs: 1), "--models", "bag", "birnn", "--resume"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(Models(folder).Select(model => model["name"]!.GetValue<string>()), Is.EqualTo(["bag", "birnn"]));
        Assert.That(File.ReadAllText(Path.Combine(folder, "models/bag/seed-1/run.json")), Is.EqualTo(finished));
    }

    [Test]
    public async Task RunAsync_LabelsThatAreNoSentiment_LeavesTheMinimalPairsOut()
    {
        var lines = Enumerable.Range(0, 80).Select(i =>
            $"{(i % 2 == 0 ? "red wine,wine" : "green tea,tea")},{(i < 60 ? "train" : "test")}");
        var data = _files.Write("drinks.csv", string.Join('\n', lines.Prepend("text,label,split")));
        var folder = _files.In("drinks");
        var result = await Tool.RunAsync([.. Small(folder, data, epochs: 1), "--models", "bag"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(
            File.ReadAllText(Path.Combine(folder, "report.md")),
            Does.Not.Contain("Minimal pairs").And.Not.Contain("gradient on its way"));
        Assert.That(File.Exists(Path.Combine(folder, "complaints.png")), Is.False);
    }

    [Test]
    public async Task RunAsync_NoTestSplit_SaysWhatIsMissing()
    {
        var data = _files.Write("untested.csv", "text,label\ngood,pos\nbad,neg\nfine,pos\npoor,neg\n");
        var result = await Tool.RunAsync([.. Small(_files.In("untested"), data, epochs: 1)]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("no test split"));
    }

    private string[] Compare(string folder, int epochs) => Small(folder, _files.Data, epochs);

    private static string[] Small(string folder, string data, int epochs) =>
    [
        "compare", "--data", data, "--out", folder, "--epochs", $"{epochs}",
        .. "embedding_size=8 hidden_size=6 batch_size=32 vocabulary_size=500 maximum_length=40 threads=1".Split(' ')
            .SelectMany(setting => new[] { "--set", setting }),
    ];

    private static List<JsonNode> Models(string folder) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))!["models"]!.AsArray()
            .Select(model => model!),
    ];

    private static void AssertMainTable(string path, IReadOnlyList<JsonNode> models)
    {
        var rows = File.ReadLines(path).SkipWhile(line => !line.StartsWith("| network | test accuracy"))
            .Skip(2).Take(models.Count)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList();
        Assert.That(rows, Is.EqualTo(models.Select(ExpectedRow)));
    }

    private static string[] ExpectedRow(JsonNode model)
    {
        double Number(string key) => model[key]!.GetValue<double>();
        string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        var deviation = model["test_accuracy_deviation"] is null
            ? ""
            : $" ± {Text(Number("test_accuracy_deviation"), "0.0000")}";
        return
        [
            model["title"]!.GetValue<string>(),
            Text(Number("test_accuracy"), "0.0000") + deviation,
            Text(Number("parameters"), "N0"),
            string.Join(", ", model["runs"]!.AsArray().Select(run => run!["best_epoch"]!.ToJsonString())),
            $"{Text(Number("seconds_per_epoch"), "0.0")} s",
            $"{Text(Number("file_bytes"), "N0")} bytes",
            $"{Text(Number("latency_milliseconds"), "0.000")} ms",
            Text(Number("parity_largest_difference"), "0.0e-00"),
        ];
    }

    // What the options say is in the plan and in every checkpoint.
    private static void AssertSettings(string folder)
    {
        var plan = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "plan.json")))!;
        Assert.That(
            SharedSettings.Select(setting => plan[setting]!.GetValue<string>()), Is.EqualTo(["2", "6", "32"]));
        foreach (var name in Names)
        {
            var config = File.ReadAllText(Path.Combine(folder, "models", name, "seed-1", "checkpoint", "config.json"));
            Assert.That(config, Does.Contain("\"hidden_size\": 6").And.Contain("\"epochs\": 2"), name);
            Assert.That(config, Does.Contain("\"seed\": 1"), name);
        }
    }

    private static string Timeless(string folder)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))!;
        foreach (var model in report["models"]!.AsArray().Select(model => model!.AsObject()))
        {
            foreach (var part in model["runs"]!.AsArray().Select(run => run!.AsObject()).Append(model))
            {
                part.Remove("seconds_per_epoch");
                part.Remove("latency_milliseconds");
            }
        }

        return report.ToJsonString();
    }

    private static async Task WaitForLineAsync(System.Diagnostics.Process process, string beginning)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The comparison ended before '{beginning}'.");
    }
}
