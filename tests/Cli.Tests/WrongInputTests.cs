namespace OnnxSentiment.Cli.Tests;

/// <summary>Wrong usage and input: exit code 2 and one line that says what was found and what to do.</summary>
public class WrongInputTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    // {name} stands for a path in the folder of the test's files.
    [TestCase("train --out {x}", "--data")]
    [TestCase("trian", "trian")]
    [TestCase("train --data {x} --out {y} --preset keras", "keras-tutorial")]
    [TestCase("train --data {x} --out {y} --set epoch=3", "epochs")]
    [TestCase("train --data {nothing.csv} --out {y}", "nothing.csv")]
    [TestCase("train --data {reviews.csv} --out {.}", "holds other files")]
    [TestCase("train --data {reviews.csv} --out {x} --unlabelled", "has no texts without labels")]
    [TestCase("train --preset quickstart", "--data, the texts to learn from, and --out")]
    [TestCase("train --data {reviews.csv} --out {random}", "finished checkpoint")]
    [TestCase("compare --data {reviews.csv} --out {x} --models transformer", "bag, rnn, lstm")]
    [TestCase("compare --data {reviews.csv} --out {x} --set cell=gru", "--models")]
    [TestCase("compare --data {reviews.csv} --out {x} --set epoch=3", "epochs")]
    [TestCase("compare --data {reviews.csv} --out {x} --seeds 0", "--seeds is 0")]
    [TestCase("compare --data {reviews.csv} --out {x} --epochs 0", "epochs is 0")]
    [TestCase("compare --data {reviews.csv} --out {.}", "holds other files")]
    [TestCase("compare --data {nothing.csv} --out {x}", "nothing.csv")]
    [TestCase("predict --modle {model.onnx} text", "no option '--modle'")]
    [TestCase("nonsense", "`onnx-sentiment --help`")]
    [TestCase("export --checkpoint {random} --out {random/weights.safetensors}", "must end in .onnx")]
    [TestCase("export --checkpoint {random} --out {x.onnx}", "already holds model.onnx")]
    [TestCase("export --checkpoint {nothing} --out {x.onnx}", "nothing")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --opset 22", "between 14 and 21")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --input texts", "ids or text")]
    [TestCase("export --checkpoint {random}", "give --out, a file, or --triton")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --triton {y}", "and not both")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --name imdb", "leave --name out")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --model-version 1", "leave --model-version out")]
    [TestCase("export --checkpoint {random} --triton {y} --name ../imdb", "--name is '../imdb'")]
    [TestCase("export --checkpoint {random} --triton {y} --model-version 0", "--model-version is 0")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --precision int4", "float32, fp16, int8")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --data {reviews.csv}", "--precision fp16 or int8")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --precision int8 --max-accuracy-drop 1", "no --data")]
    [TestCase(
        "export --checkpoint {random} --out {x.onnx} --precision int8 --data {reviews.csv} --max-accuracy-drop -1",
        "--max-accuracy-drop is -1")]
    [TestCase("export --checkpoint {random} --out {x.onnx} --precision int8 --data {nothing.csv}", "nothing.csv")]
    [TestCase(
        "export --checkpoint {random} --out {x.onnx} --precision int8 --data {reviews.csv} --text-column body", "body")]
    [TestCase("verify {nothing.onnx} --against {random}", "nothing.onnx")]
    [TestCase("verify {model.onnx} --against {random} --limit 0", "--limit")]
    [TestCase("verify {model.onnx} --against {model.onnx} --size batch=0", "input_ids")]
    [TestCase("verify {model.onnx} --against {model.onnx} --size batch=2 --size batch=3", "2 times")]
    [TestCase("verify {model.onnx} --against {model.onnx} --input input_ids=1 --input input_ids=2", "2 times")]
    [TestCase("verify {model.onnx} --against {model.onnx} --absolute-tolerance 0,5", "decimal point")]
    [TestCase("verify {model.onnx} --against {random} --json {model.onnx}", "needs itself")]
    [TestCase("evaluate --data {reviews.csv} --model {model.onnx} --markdown {reviews.csv}", "needs itself")]
    [TestCase("evaluate --data {reviews.csv} --model {model.onnx} --minimum-accuracy 0,5", "decimal point")]
    [TestCase("export --checkpoint {random} --out {y.onnx} --max-accuracy-drop 0,5", "decimal point")]
    [TestCase("evaluate --model {model.onnx} --data {random}", "random")]
    [TestCase("predict --model {reviews.csv} text", "reviews.csv")]
    [TestCase("predict --model {model.onnx} --input {nothing.txt}", "nothing.txt")]
    [TestCase("predict --model {model.onnx} --input {reviews.csv} text", "one or the other")]
    [TestCase("predict --model {model.onnx} --input {reviews.csv} --text-column body", "body")]
    [TestCase("inspect --model {reviews.csv}", "reviews.csv")]
    public async Task RunAsync_WrongInput_SaysSoInOneLineWithExitCode2(string commandLine, string mentioned)
    {
        var args = commandLine.Split(' ').Select(arg => arg.StartsWith('{') ? _files.In(arg.Trim('{', '}')) : arg);
        var result = await Tool.RunAsync([.. args]);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.Contain(mentioned).And.Not.Contain("   at "));
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("Reading"));
        Assert.That(lines.Count(), Is.EqualTo(1), result.Error);
    }

    [Test]
    public async Task RunAsync_Verbose_ShowsTheStackTrace() =>
        Assert.That(
            (await Tool.RunAsync("inspect", "--model", _files.In("nothing.onnx"), "--verbose")).Error,
            Does.Contain("   at "));

    [Test]
    public async Task Export_RefusedOpset_LeavesNoFile()
    {
        await Tool.RunAsync(
            "export", "--checkpoint", _files.CheckpointFolder, "--out", _files.In("new/x.onnx"), "--opset", "13");
        Assert.That(Directory.Exists(_files.In("new")), Is.False);
    }

    [TestCase("--help")]
    [TestCase("train --help")]
    [TestCase("export --help")]
    [TestCase("verify --help")]
    [TestCase("evaluate --help")]
    [TestCase("compare --help")]
    [TestCase("predict --help")]
    [TestCase("inspect --help")]
    [TestCase("quickstart --help")]
    public async Task RunAsync_Help_DescribesTheCommand(string commandLine)
    {
        var result = await Tool.RunAsync(commandLine.Split(' '));
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("onnx-sentiment").And.Contain("Options:"));
    }
}
