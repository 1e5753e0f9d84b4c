using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>train --help</c> and <c>--show-settings</c>, which say what a newcomer has to know.</summary>
public class TrainHelpTests
{
    [Test]
    public async Task TrainHelp_Examples_AreCommandLinesThatTheToolTakes()
    {
        var help = (await Tool.RunAsync("train", "--help")).Output;
        var examples = help.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("onnx-sentiment train --data", StringComparison.Ordinal)).ToList();

        Assert.That(examples, Has.Count.GreaterThanOrEqualTo(4));
        foreach (var example in examples)
        {
            var result = await Tool.RunAsync([.. example.Split(' ').Skip(1), "--show-settings"]);
            Assert.That(result.ExitCode, Is.Zero, $"{example}\n{result}");
        }
    }

    [Test]
    public async Task TrainHelp_OfEverything_HasPresetsSettingsResultsAndExitCodes()
    {
        var help = (await Tool.RunAsync("train", "--help")).Output;

        Assert.That(
            help,
            Does.Contain("Usage:").And.Contain("Examples:").And.Contain("Presets:").And.Contain("Results:")
                .And.Contain("Exit codes:"));
        foreach (var preset in PresetTable.Names)
        {
            Assert.That(help, Does.Match($@"(?m)^  {preset} +{PresetTable.PurposeOf(preset)}$"));
        }

        Assert.That(help, Does.Match(@"(?m)^  epochs +1 to 10,000 +passes over the training texts"));
        Assert.That(help, Does.Match(@"(?m)^  0 +done$").And.Match(@"(?m)^  130 +interrupted"));
    }

    [Test]
    public async Task TrainShowSettings_APresetWithAChange_HasNameValueMeaningAndRange()
    {
        var result = await Tool.RunAsync(
            "train", "--preset", PresetTable.Quickstart, "--set", "epochs=5", "--show-settings");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Match(@"(?m)^epochs +5 +passes over the training texts, .* \(1 to 10,000\)$"));
        Assert.That(
            result.Output.TrimEnd().Split('\n'),
            Has.Length.EqualTo(PresetTable.Get(PresetTable.Quickstart).Describe().Count));
    }

    [Test]
    public async Task OtherHelp_HasNothingOfIt() =>
        Assert.That((await Tool.RunAsync("export", "--help")).Output, Does.Not.Contain("Presets:"));

    [Test]
    public async Task Train_TensorBoard_WritesItsFile()
    {
        using var files = new TinyFiles();
        var runs = files.In("runs");
        var result = await Tool.RunAsync(
            ["train", .. files.SmallTraining(epochs: 1), "--out", files.In("checkpoint"), "--tensorboard", runs]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(
            File.ReadAllText(Directory.GetFiles(runs, "events.out.tfevents.*").Single()),
            Does.Contain("validation/accuracy").And.Contain("learning_rate"));
    }

    [Test]
    public async Task Train_TensorBoardInAFile_SaysSoBeforeItTrains()
    {
        using var files = new TinyFiles();
        var result = await Tool.RunAsync(
            ["train", .. files.SmallTraining(epochs: 1), "--out", files.In("checkpoint"), "--tensorboard", files.Data]);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain(files.Data).And.Not.Contain("epoch "));
    }
}
