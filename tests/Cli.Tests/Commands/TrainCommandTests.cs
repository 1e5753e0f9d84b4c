namespace OnnxSentiment.Cli.Tests;

/// <summary>What <c>train --restart</c> does to the state of an interrupted training.</summary>
public class TrainCommandTests
{
    private TinyFiles _files = null!;

    private string Out => _files.In("checkpoint");

    private string State => Path.Combine(Out + ".resume", "network.safetensors");

    [SetUp]
    public void LeaveAnInterruptedTraining()
    {
        _files = new TinyFiles();
        Directory.CreateDirectory(Out + ".resume");
        File.WriteAllText(State, "the finished epochs");
    }

    [TearDown]
    public void Delete() => _files.Dispose();

    [Test]
    public async Task Train_RestartOnDataThatCannotBeRead_KeepsTheState()
    {
        var result = await Tool.RunAsync("train", "--data", _files.In("nowhere.csv"), "--out", Out, "--restart");

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(File.ReadAllText(State), Is.EqualTo("the finished epochs"));
    }

    [Test]
    public async Task Train_RestartWhileAnotherTrains_KeepsItsState()
    {
        using var other = new FileStream(
            Out + ".resume.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var result = await Tool.RunAsync(["train", .. _files.SmallTraining(epochs: 1), "--out", Out, "--restart"]);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("Another training holds"));
        Assert.That(File.ReadAllText(State), Is.EqualTo("the finished epochs"));
    }

    [Test]
    public async Task Train_RestartBesideResumeWhereATrainingIsFinished_TrainsAgain()
    {
        string[] train = ["train", .. _files.SmallTraining(epochs: 1), "--out", Out];
        await Tool.RunAsync([.. train, "--restart"]);
        var before = File.GetLastWriteTimeUtc(Path.Combine(Out, "config.json"));

        var result = await Tool.RunAsync([.. train, "--resume", "--restart"]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(Out, "config.json")), Is.GreaterThan(before));
    }

    [Test]
    public async Task Train_Restart_ForgetsTheStateAndStartsAnew()
    {
        var result = await Tool.RunAsync(["train", .. _files.SmallTraining(epochs: 1), "--out", Out, "--restart"]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(Directory.Exists(Out + ".resume"), Is.False);
    }
}
