using System.Diagnostics;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>build/gpu-check.sh</c> where there is no GPU.</summary>
public class GpuCheckScriptTests
{
    [Test]
    public async Task Run_WithoutGpu_EndsWithOneSentenceAndExitCode2()
    {
        if (!OperatingSystem.IsLinux() || File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"))
        {
            Assert.Ignore("Not Linux, or there is a GPU.");
        }

        var report = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.md");
        var script = Path.Combine(Checkout.Root, "build", "gpu-check.sh");
        using var process = Process.Start(new ProcessStartInfo("bash", [script, report])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(2));
        Assert.That(error.Trim(), Does.StartWith("gpu-check.sh:").And.Contain("/dev/nvidiactl").And.Not.Contain("\n"));
        Assert.That(await process.StandardOutput.ReadToEndAsync(), Is.Empty);
        Assert.That(File.Exists(report), Is.False);
    }
}
