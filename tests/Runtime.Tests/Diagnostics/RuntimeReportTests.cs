using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class RuntimeReportTests
{
    [Test]
    public void Create_MachineWithGpu_HasItsNodesOnBothDevices()
    {
        var report = Create(new FakeHost { Absent = ["libcudart.so.12"] }, Device.Auto);

        Assert.That(report.OnnxRuntimeVersion, Is.EqualTo("1.2.3"));
        Assert.That(
            report.Libraries.Where(library => !library.IsFound).Select(library => library.Name),
            Is.EqualTo(["libcudart.so.12"]));
        Assert.That(report.Devices.Select(d => (d.Device, d.IsUsable, d.Nodes.Single().Provider)), Is.EqualTo(
            [(Device.Cpu, true, FakeHost.Cpu), (Device.Cuda(), true, FakeHost.Cuda)]));
    }

    [Test]
    public void Create_GpuThatIsAskedFor_IsTheOneTried()
    {
        var host = new FakeHost { Failure = "no such device" };

        var report = Create(host, Device.Cuda(4));

        Assert.That(host.Requests.Select(request => request.Device), Is.EqualTo([Device.Cpu, Device.Cuda(4)]));
        Assert.That(report.Devices[1].Problem, Does.EndWith("ONNX Runtime says: no such device"));
        Assert.That(report.Devices[1].Nodes, Is.Empty);
    }

    [Test]
    public void Create_ThisMachine_ListsTheProcessorAndItsNodes()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, TestModel.Bytes());
        try
        {
            var report = RuntimeReport.Create(path);

            Assert.That(report.Providers, Does.Contain(FakeHost.Cpu));
            Assert.That(report.Hardware.Select(hardware => hardware.Kind), Does.Contain("CPU"));
            Assert.That(report.Devices[0].IsUsable);
            Assert.That(
                report.Devices[0].Nodes, Has.Some.EqualTo(new NodePlacement("recurrent.0", "LSTM", FakeHost.Cpu)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Create_FileThatIsNoModel_SaysSo() =>
        Assert.That(() => RuntimeReport.Create("not-here.onnx"), Throws.TypeOf<InvalidInputException>());

    private static RuntimeReport Create(FakeHost host, Device device)
    {
        var model = TestModel.Bytes();
        using var cpu = SessionFactory.Create(model);
        return ReportMaker.Create(host, cpu, model, new SentimentModelOptions { Device = device });
    }
}
