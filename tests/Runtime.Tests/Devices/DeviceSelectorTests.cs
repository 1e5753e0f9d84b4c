using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

public class DeviceSelectorTests
{
    private static readonly byte[] Model = TestModel.Bytes();

    private IdsSession _cpu = null!;

    [SetUp]
    public void Load() => _cpu = (IdsSession)SessionFactory.Create(Model);

    [TearDown]
    public void Unload() => _cpu.Dispose();

    [Test]
    public void Select_Cpu_TriesNothing()
    {
        var host = new FakeHost();

        var selection = Select(host, Device.Cpu);

        Assert.That(
            (selection.Device, selection.Session, selection.IsFallback),
            Is.EqualTo((Device.Cpu, (PlacedSession?)null, false)));
        Assert.That(host.Requests, Is.Empty);
    }

    [Test]
    public void Select_AutoWithUsableGpu_TakesItAndSaysWhy()
    {
        var selection = Select(new FakeHost(), Device.Auto);

        Assert.That(selection.Device, Is.EqualTo(Device.Cuda()));
        Assert.That(selection.Session, Is.Not.Null);
        Assert.That(selection.Reason, Is.EqualTo("it is there and computes what the processor does"));
        selection.Session!.Session.Dispose();
    }

    [Test]
    public void Select_AutoWithoutCuda_TakesTheProcessorWithoutTryingAnything()
    {
        var host = new FakeHost { Providers = [FakeHost.Cpu] };

        var selection = Select(host, Device.Auto);

        Assert.That((selection.Device, selection.IsFallback), Is.EqualTo((Device.Cpu, false)));
        Assert.That(
            selection.Reason,
            Does.StartWith("the app's native ONNX Runtime has no CUDA (it offers CPUExecutionProvider)"));
        Assert.That(host.Requests, Is.Empty);
    }

    [Test]
    public void Select_AutoWithBrokenGpu_FallsBackAndSaysWhatIsMissing()
    {
        var host = new FakeHost { Failure = "no", Absent = ["libcudnn.so.9"] };

        var selection = Select(host, Device.Auto);

        Assert.That((selection.Device, selection.IsFallback), Is.EqualTo((Device.Cpu, true)));
        Assert.That(selection.Reason, Does.StartWith("cuda:0 cannot be used:").And.Contain("cuDNN 9 (libcudnn.so.9)"));
    }

    [Test]
    public void Select_CudaThatCannotBeUsed_NeverFallsBack()
    {
        var host = new FakeHost { Failure = "CUDA failure 101: invalid device ordinal" };

        Assert.That(() => Select(host, Device.Cuda(7)), Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
            "It cannot run on cuda:7: the libraries that CUDA needs were all found; ONNX Runtime says: CUDA failure "
                + "101: invalid device ordinal. Mend that, or use the device cpu."));
    }

    [Test]
    public void Select_CudaOfANumberThatIsNotThere_SaysWhichAre()
    {
        var host = new FakeHost { Failure = FakeHost.NoSuchGpu(id: 1, count: 1) };

        Assert.That(() => Select(host, Device.Cuda(1)), Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
            "It cannot run on cuda:1: there is no such GPU here; CUDA finds 1, to be asked for as cuda:0. Mend that, "
                + "or use the device cpu."));
    }

    [Test]
    public void Select_CudaWithoutCuda_NamesThePackage()
    {
        var host = new FakeHost { Providers = [FakeHost.Cpu] };

        Assert.That(() => Select(host, Device.Cuda()), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains(
                "use the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime"));
        Assert.That(host.Requests, Is.Empty);
    }

    [Test]
    public void Select_CudaThatLeavesTheLstmOnTheProcessor_RefusesAndFreesTheSession()
    {
        var host = new FakeHost { Nodes = [new("recurrent.0", "LSTM", FakeHost.Cpu)] };

        Assert.That(() => Select(host, Device.Cuda()), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("CUDA does not take recurrent.0 (LSTM), which would run on the processor"));
        Assert.That(() => host.Opened.Single().Begin(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Select_AutoThatLeavesTheLstmOnTheProcessor_FallsBack()
    {
        var host = new FakeHost { Nodes = [new("recurrent.0", "DynamicQuantizeLSTM", FakeHost.Cpu)] };

        var selection = Select(host, Device.Auto);

        Assert.That((selection.Device, selection.IsFallback), Is.EqualTo((Device.Cpu, true)));
        Assert.That(selection.Reason, Does.Contain("export the model as float32 or fp16"));
    }

    [Test]
    public void Select_GpuThatComputesSomethingElse_IsRefused()
    {
        var other = ClassifierExporter.Export(
            RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 16, HiddenSize = 12 }, seed: 5));
        var host = new FakeHost { OtherModel = ModelFile.ToBytes(other) };

        Assert.That(() => Select(host, Device.Cuda()), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("it computes something else than the processor: in batch 1"));
        Assert.That(() => host.Opened.Single().Begin(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Select_GpuThatComputesNaN_IsRefused()
    {
        var broken = TestModel.Bytes(model =>
        {
            var bias = model.Graph.Initializer.Single(tensor => tensor.Name.EndsWith("bias", StringComparison.Ordinal)
                && tensor.Dims is [1]);
            bias.RawData = ByteString.CopyFrom(BitConverter.GetBytes(float.NaN));
        });

        Assert.That(
            () => Select(new FakeHost { OtherModel = broken }, Device.Cuda()),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("NaN"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Select_AutoWhereMemoryForBatchesIsShort_FallsBackAndFreesTheSession(int enough)
    {
        var host = new FakeHost { Memory = new ShortMemory(enough, ShortMemory.Refusal) };

        var selection = Select(host, Device.Auto);

        Assert.That((selection.Device, selection.IsFallback), Is.EqualTo((Device.Cpu, true)));
        Assert.That(() => host.Opened.Single().Begin(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Select_DefectWhileTrying_ComesAsItIsAndFreesTheSession()
    {
        var host = new FakeHost { Memory = new ShortMemory(enough: 1, new NotSupportedException()) };

        Assert.That(() => Select(host, Device.Auto), Throws.TypeOf<NotSupportedException>());
        Assert.That(() => host.Opened.Single().Begin(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Select_PlugInLibrary_IsTriedWhateverIsBuiltIn()
    {
        var host = new FakeHost { Providers = [FakeHost.Cpu] };

        var selection = new DeviceSelector(host).Select(
            _cpu, Model, "It", new SentimentModelOptions { ExecutionProviderLibrary = "cuda.so" });

        Assert.That(selection.Device, Is.EqualTo(Device.Cuda()));
        Assert.That(host.Requests.Single().Library, Is.EqualTo("cuda.so"));
        selection.Session!.Session.Dispose();
    }

    private Selection Select(FakeHost host, Device device) =>
        new DeviceSelector(host).Select(_cpu, Model, "It", new SentimentModelOptions { Device = device });
}
