using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli.Tests;

public class DoctorFormatTests
{
    // As on a machine with a GPU and CUDA built into ONNX Runtime, which ties no provider to the GPU.
    private static readonly RuntimeReport Report = new(
        "1.31.0",
        ["CUDAExecutionProvider", "CPUExecutionProvider"],
        [new("GPU", "NVIDIA", []), new("CPU", "Intel", ["CPUExecutionProvider"])],
        [],
        [new(Device.Cpu, null, []), new(Device.Cuda(), null, [])]);

    [Test]
    public void Write_GpuWithoutPlugIn_SaysWhoMadeItAndThatThereIsNone() =>
        Assert.That(
            Lines(), Does.Contain("  GPU  NVIDIA  no plug-in").And.Contain("  CPU  Intel   CPUExecutionProvider"));

    [Test]
    public void Write_AnyReport_LeavesNoBlanksAtTheEndsOfLines() =>
        Assert.That(Lines().Where(line => line != line.TrimEnd()), Is.Empty);

    private static string[] Lines()
    {
        var output = new StringWriter();
        DoctorFormat.Write(output, Report, "model.onnx");
        return output.ToString().ReplaceLineEndings("\n").Split('\n');
    }
}
