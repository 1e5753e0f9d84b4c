using System.Diagnostics;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// A training that is killed loses at most one epoch. SIGTERM stands for Ctrl-C too, which the tool treats alike:
/// SIGINT is ignored by whatever a shell has started in the background, this test run perhaps.
/// </summary>
[Category("Slow")]
public class InterruptionTests
{
    private const int Epochs = 6;

    [Test]
    public async Task Train_KilledAndResumed_GivesTheWeightsOfAnUninterruptedRun()
    {
        using var files = new TinyFiles();
        var (whole, killed) = (files.In("whole"), files.In("killed"));
        await Tool.RunAsync(["train", .. files.SmallTraining(Epochs), "--out", whole]);

        using (var process = Tool.Start(["train", .. files.SmallTraining(Epochs), "--out", killed]))
        {
            await WaitForEpochAsync(process, 2);
            process.Kill(); // SIGKILL: nothing of the process runs any more
            await process.WaitForExitAsync();
        }

        Assert.That(Directory.Exists(killed), Is.False, "a checkpoint of an unfinished training");
        var refused = await Tool.RunAsync(["train", .. files.SmallTraining(Epochs), "--out", killed]);
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.WrongInput));
        Assert.That(refused.Error, Does.Contain("--resume").And.Contain("--restart"));

        var resumed = await Tool.RunAsync(["train", .. files.SmallTraining(Epochs), "--out", killed, "--resume"]);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(resumed.Error, Does.Not.Contain("epoch  1").And.Contain($"epoch  {Epochs}"));
        Assert.That(Weights(killed), Is.EqualTo(Weights(whole)));
    }

    [Test]
    public async Task Train_Interrupted_EndsWithExitCode130AndSaysHowToContinue()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Signals are sent by kill.");
        }

        using var files = new TinyFiles();
        using var process = Tool.Start(["train", .. files.SmallTraining(1000), "--out", files.In("checkpoint")]);
        await WaitForEpochAsync(process, 1);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.EqualTo(ExitCode.Interrupted), error);
        Assert.That(error, Does.Contain("--resume"));
        Assert.That(File.Exists(files.In(Path.Combine("checkpoint.resume", "network.safetensors"))));
    }

    [Test]
    public async Task Predict_InterruptedWhileReadingStandardInput_EndsAtOnce()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Signals are sent by kill.");
        }

        using var files = new TinyFiles();
        using var process = Tool.Start("predict", "--model", files.Model);
        await process.StandardInput.WriteAsync(
            string.Concat(Enumerable.Repeat("word\n", 2 * PredictCommand.TextsAtOnce)));
        await process.StandardInput.FlushAsync();
        Assert.That(await process.StandardOutput.ReadLineAsync(), Is.Not.Null); // so it reads; its input stays open
        _ = process.StandardOutput.ReadToEndAsync();
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20)); // far below the tool's own last resort
        await process.WaitForExitAsync(limit.Token);
        Assert.That(process.ExitCode, Is.EqualTo(ExitCode.Interrupted));
    }

    private static byte[] Weights(string checkpoint) =>
        File.ReadAllBytes(Path.Combine(checkpoint, "weights.safetensors"));

    private static async Task WaitForEpochAsync(Process process, int epoch)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith($"epoch {epoch,2}  train", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The training ended before the epoch.");
    }
}
