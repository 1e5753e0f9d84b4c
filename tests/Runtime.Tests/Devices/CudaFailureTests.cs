namespace OnnxSentiment.Runtime.Tests;

public class CudaFailureTests
{
    // As Microsoft.ML.OnnxRuntime.Gpu 1.31.0 says it on a machine without CUDA.
    private const string FromLoader =
        "[ErrorCode:Fail] /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:2043 "
            + "onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : "
            + "Failed to load library /app/libonnxruntime_providers_cuda.so with error: libcublasLt.so.{0}: "
            + "cannot open shared object file: No such file or directory\n";

    private static readonly string[] All = [.. CudaLibrary.Known(isWindows: false).Select(library => library.Name)];

    [TestCase(13)]
    [TestCase(12)]
    public void Explain_NothingInstalled_NamesAllPartsOfTheVersionThatTheLoaderMissed(int version)
    {
        var message = new ProviderException(FromLoader.Replace("{0}", $"{version}", StringComparison.Ordinal)).Message;

        var cuda = $"libcudart.so.{version}, libcublas.so.{version}, libcublasLt.so.{version}, libcurand.so.10";
        Assert.That(
            CudaFailure.Explain(new FakeHost { Absent = All }, message),
            Does.Contain("the NVIDIA driver (libcuda.so.1)").And.Contain($"CUDA {version} ({cuda})")
                .And.Contain("cuDNN 9 (libcudnn.so.9)").And.Contain($"error: libcublasLt.so.{version}"));
    }

    [Test]
    public void Explain_DriverAlone_IsAllThatIsNamed() => Assert.That(
        CudaFailure.Explain(new FakeHost { Absent = ["libcuda.so.1"] }, "no"),
        Is.EqualTo(
            "the system's loader does not find the NVIDIA driver (libcuda.so.1), to be installed where it looks; "
                + "ONNX Runtime says: no"));

    [TestCase(1, "there is no such GPU here; CUDA finds 1, to be asked for as cuda:0")]
    [TestCase(2, "there is no such GPU here; CUDA finds 2, to be asked for as cuda:0 or cuda:1")]
    [TestCase(4, "there is no such GPU here; CUDA finds 4, to be asked for as cuda:0 to cuda:3")]
    [TestCase(
        0,
        "there is no such GPU here; CUDA finds none: see whether nvidia-smi lists one and CUDA_VISIBLE_DEVICES does "
            + "not hide it")]
    public void Explain_NumberOfNoGpu_SaysWhichThereAre(int count, string expected)
    {
        var message = new ProviderException(FakeHost.NoSuchGpu(id: 9, count)).Message;

        Assert.That(CudaFailure.Explain(new FakeHost(), message), Is.EqualTo(expected));
    }

    [Test]
    public void Missing_Cuda12InstalledAndNoVersionNamed_AsksForWhatLacksOf12()
    {
        var host =
            new FakeHost { Absent = ["libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libcublas.so.12"] };

        Assert.That(CudaFailure.Missing(host, "no").Select(library => library.Name), Is.EqualTo(["libcublas.so.12"]));
    }

    [Test]
    public void Missing_OnWindows_KnowsItsNames()
    {
        var known = CudaLibrary.Known(isWindows: true);
        var host = new FakeHost { CudaLibraries = known, Absent = [.. known.Select(library => library.Name)] };

        string[] expected =
        [
            "nvcuda.dll", "cudart64_12.dll", "cublas64_12.dll", "cublasLt64_12.dll", "curand64_10.dll", "cudnn64_9.dll",
        ];
        Assert.That(
            CudaFailure.Missing(host, "Error loading cublas64_12.dll").Select(library => library.Name),
            Is.EqualTo(expected));
    }

    [Test]
    public void NotOffered_SystemWithoutCuda_SaysThat()
    {
        var mac = new FakeHost { Providers = [FakeHost.Cpu], CudaLibraries = [] };

        Assert.That(CudaFailure.NotOffered(mac, library: null), Is.EqualTo("there is no CUDA for this system"));
        Assert.That(CudaFailure.NotOffered(new FakeHost(), library: null), Is.Null);
    }

    [Test]
    public void ProviderException_OtherMessage_KeepsIt() =>
        Assert.That(new ProviderException("Something.\n  More.").Message, Is.EqualTo("Something. More"));
}
