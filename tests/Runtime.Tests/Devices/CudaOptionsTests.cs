using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Tests;

public class CudaOptionsTests
{
    [TestCase(0, false, "0")]
    [TestCase(3, true, "1")]
    public void ForCuda_BuiltIn_NamesDeviceAndTf32(int id, bool tf32, string flag)
    {
        var request = SessionRequest.ForCuda(id, new SentimentModelOptions { AllowTf32 = tf32 });

        Assert.That(request.Device, Is.EqualTo(Device.Cuda(id)));
        Assert.That(request.Library, Is.Null);
        Assert.That(request.Options, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["device_id"] = $"{id}",
            ["use_tf32"] = flag,
            ["arena_extend_strategy"] = "kSameAsRequested",
        }));
    }

    [Test]
    public void ForCuda_PlugIn_LeavesTheDeviceToTheList()
    {
        var request = SessionRequest.ForCuda(1, new SentimentModelOptions { ExecutionProviderLibrary = "plug-in.so" });

        Assert.That(request.Library, Is.EqualTo("plug-in.so"));
        Assert.That(request.Options, Is.EquivalentTo(new Dictionary<string, string> { ["use_tf32"] = "0" }));
    }

    [Test]
    public void Open_GpuThatIsNotHere_FailsWithOnnxRuntimesReason()
    {
        var host = new OrtDeviceHost();
        if (host.Providers.Contains(FakeHost.Cuda))
        {
            Assert.Ignore("This build has CUDA.");
        }

        Assert.That(
            () => host.Open(TestModel.Bytes(), SessionRequest.ForCuda(0, new SentimentModelOptions())),
            Throws.TypeOf<ProviderException>().With.InnerException.TypeOf<OnnxRuntimeException>());
    }

    [Test]
    public void Open_PlugInLibraryThatIsNoFile_SaysSo() => Assert.That(
        () => new OrtDeviceHost().Open(
            TestModel.Bytes(), SessionRequest.ForCuda(
                0, new SentimentModelOptions { ExecutionProviderLibrary = "not-here.so" })),
        Throws.TypeOf<ProviderException>().With.Message.EqualTo("there is no plug-in library 'not-here.so'"));

    [Test]
    public void Open_PlugInLibraryThatIsNone_FailsWithOnnxRuntimesReason()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.so");
        File.WriteAllText(path, "no library");
        try
        {
            Assert.That(
                () => new OrtDeviceHost().Open(
                    TestModel.Bytes(), SessionRequest.ForCuda(
                        0, new SentimentModelOptions { ExecutionProviderLibrary = path })),
                Throws.TypeOf<ProviderException>().With.Message.Contains(Path.GetFileName(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
