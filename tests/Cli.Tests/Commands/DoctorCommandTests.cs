using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli.Tests;

/// <summary>
/// <c>doctor</c>, and <c>--device</c> of the other commands, on a machine whose ONNX Runtime has no CUDA.
/// </summary>
public class DoctorCommandTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public async Task CreateFiles()
    {
        _files = new TinyFiles();
        var report = JsonNode.Parse((await Tool.RunAsync("doctor", "--json")).Output)!;
        if (report["providers"]!.AsArray().Any(p => p!["name"]!.GetValue<string>() == "CUDAExecutionProvider"))
        {
            Assert.Ignore("This build has CUDA.");
        }
    }

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [Test]
    public async Task Doctor_NoDeviceAskedFor_ShowsEverythingAndIsContentWithTheProcessor()
    {
        var result = await Tool.RunAsync("doctor", "--model", _files.Model);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.ToString());
        Assert.That(result.Output, Does.Match(@"(?m)^ONNX Runtime +\d+\.\d+\.\d+\r?$"));
        Assert.That(result.Output, Does.Match(@"(?m)^  CPUExecutionProvider +can be used\r?$"));
        Assert.That(
            result.Output, Does.Match(@"(?m)^  cuda:0 +cannot be used: the app's native ONNX Runtime has no CUDA"));
        Assert.That(result.Output, Does.Match(@"(?m)^  recurrent\.0 +LSTM +cpu: CPUExecutionProvider\r?$"));
        Assert.That(result.Error, Is.Empty);
    }

    [TestCase("cpu", ExitCode.Done)]
    [TestCase("auto", ExitCode.Done)]
    [TestCase("cuda", ExitCode.CheckFailed)]
    [TestCase("cuda:3", ExitCode.CheckFailed)]
    [TestCase("gpu", ExitCode.WrongInput)]
    public async Task Doctor_Device_DecidesTheExitCode(string device, int exitCode)
    {
        var result = await Tool.RunAsync("doctor", "--model", _files.Model, "--device", device);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        Assert.That(
            result.Error,
            Is.Empty.Or.StartsWith("cuda:").Or.StartsWith(
                "device is 'gpu', but one of auto, cpu, cuda and cuda:N was expected"));
        Assert.That(result.Output.Length > 0, Is.EqualTo(exitCode != ExitCode.WrongInput));
    }

    [Test]
    public async Task Doctor_Json_HasTheSameInOneObject()
    {
        var result = await Tool.RunAsync("doctor", "--model", _files.Model, "--device", "cuda:3", "--json");

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.CheckFailed), result.ToString());
        var report = JsonNode.Parse(result.Output)!;
        Assert.That(report["model"]!.GetValue<string>(), Is.EqualTo(_files.Model));
        Assert.That(
            report["devices"]!.AsArray()
                .Select(d => (d!["device"]!.GetValue<string>(), d["is_usable"]!.GetValue<bool>())),
            Is.EqualTo(new[] { ("cpu", true), ("cuda:3", false) }));
        Assert.That(
            report["devices"]![1]!["problem"]!.GetValue<string>(), Does.Contain("Microsoft.ML.OnnxRuntime.Gpu"));
        Assert.That(
            report["devices"]![0]!["nodes"]!.AsArray().Select(node => node!["operator"]!.GetValue<string>()),
            Does.Contain("LSTM"));
        if (OperatingSystem.IsLinux())
        {
            Assert.That(
                report["libraries"]!.AsArray().Select(l => l!["name"]!.GetValue<string>()),
                Does.Contain("libcuda.so.1").And.Contain("libcudnn.so.9"));
        }
    }

    [Test]
    public async Task Doctor_FileThatIsNoModel_IsWrongInput()
    {
        var result = await Tool.RunAsync("doctor", "--model", _files.Data);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain(_files.Data));
    }

    [Test]
    public async Task Commands_DeviceCuda_NeverFallBackToTheProcessor()
    {
        string[][] commands =
        [
            ["predict", "--model", _files.Model, "word3"],
            ["evaluate", "--model", _files.Model, "--data", _files.Data],
            ["verify", _files.Model, "--against", _files.CheckpointFolder],
        ];
        foreach (var command in commands)
        {
            var result = await Tool.RunAsync([.. command, "--device", "cuda:1"]);

            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
            Assert.That(
                result.Error,
                Does.Contain(
                    $"The model '{_files.Model}' cannot run on cuda:1: the app's native ONNX Runtime has no CUDA"));
            Assert.That(result.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Verify_DeviceCpu_VerifiesAsBefore()
    {
        var result = await Tool.RunAsync(
            "verify", _files.Model, "--against", _files.CheckpointFolder, "--device", "cpu");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain("Verified: the file computes what was trained."));
    }
}
