using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Cli.Tests;

/// <summary><c>verify</c> of files that nobody here wrote; the checkpoint's way is in the tests of the chain.</summary>
public class VerifyCommandTests
{
    private TinyFiles _files = null!;

    [OneTimeSetUp]
    public void CreateFiles() => _files = new TinyFiles();

    [OneTimeTearDown]
    public void DeleteFiles() => _files.Dispose();

    [TestCase("{mlp.torch17} --against {mlp.torch13}")]
    [TestCase("{mlp.fp16} --against {mlp.torch13} --seed 5")]
    [TestCase("{lstm.torch14} --against-optimization none")]
    [TestCase("{lstm.torch14} --against-device cpu")]
    [TestCase("{lstm.torch14} --against {lstm.torch17} --input ids=0..3,[4,5]")]
    [TestCase("{lstm.torch14} --against {lstm.torch17} --size batch=1 --size sequence=2 --optimization basic")]
    [TestCase("{mlp.wrong_rows} --against {mlp.torch13} --absolute-tolerance 1")]
    public async Task Verify_FilesThatAgree_IsDone(string line)
    {
        var result = await RunAsync(line);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.ToString());
        Assert.That(result.Output, Does.StartWith("verify: passed: "));
    }

    [TestCase("{mlp.wrong_rows} --against {mlp.torch13}", "/b/Gemm_output_0")]
    [TestCase("{cnn.wrong_attribute} --against {cnn.torch13}", "alpha=0.2")]
    [TestCase("{mlp.fp16} --against {mlp.torch13} --absolute-tolerance 1e-7 --relative-tolerance 0", "differ")]
    [TestCase("{mlp.fp16} --against {mlp.torch13} --relative-tolerance 0 --absolute-tolerance 0", "allowed 0.0e")]
    public async Task Verify_FilesThatDiffer_FailWithTheReason(string line, string expected)
    {
        var result = await RunAsync(line);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.CheckFailed), result.ToString());
        Assert.That(result.Output, Does.Contain(expected));
    }

    [Test]
    public async Task Verify_TestDataBesideTheFile_IsFound()
    {
        var result = await Tool.RunAsync("verify", _files.Model);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.ToString());
        Assert.That(result.Output, Does.Contain("test_data_set_1").And.Contain("verify: passed"));
    }

    [Test]
    public async Task Verify_CheckpointBesideTheFile_IsFound()
    {
        var result = await Tool.RunAsync("verify", Path.Combine(Checkout.ImdbModel, "model.onnx"));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.ToString());
        Assert.That(result.Output, Does.Contain("TorchSharp").And.Contain("Verified"));
    }

    [TestCase("{mlp.torch13}", "Add --against")]
    [TestCase("{mlp.torch13} --against nothing", "There is no 'nothing'")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --data x.csv", "--data holds texts")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --input x", "'x' for an input cannot be read")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --size batch", "--size is 'batch'")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --size width=2", "no input has a dimension 'width'")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --absolute-tolerance -1", "--absolute-tolerance is -1")]
    [TestCase("{mlp.torch13} --against {mlp.torch17} --inputs nothing", "no folder 'nothing'")]
    [TestCase("{mlp.torch13} --against {cnn.torch17}", "cannot be matched")]
    [TestCase("{mlp.torch13} --against-device cuda:0", "cuda:0")]
    public async Task Verify_WrongInput_SaysWhatToDo(string line, string expected)
    {
        var result = await RunAsync(line);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain(expected).IgnoreCase);
        Assert.That(result.Error.Trim(), Does.Not.Contain("\n"));
    }

    [Test]
    public async Task Verify_OptionOfFilesWithACheckpoint_IsRefused()
    {
        var result = await Tool.RunAsync(
            "verify", _files.Model, "--against", _files.CheckpointFolder, "--input", "input_ids=0..3");
        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.WrongInput), result.ToString());
        Assert.That(result.Error, Does.Contain("--input is for comparing with a file"));
    }

    private static Task<Tool.Result> RunAsync(string line) => Tool.RunAsync(
        ["verify", .. line.Split(' ').Select(word => word.StartsWith('{')
            ? Path.Combine(Checkout.Root, "tests", "Parity.Tests", "Foreign", $"{word.Trim('{', '}')}.onnx")
            : word)]);
}
