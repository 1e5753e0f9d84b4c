namespace OnnxSentiment.Runtime;

/// <summary>A native library that ONNX Runtime's CUDA provider loads.</summary>
/// <param name="Name">The name by which the system's loader knows it.</param>
/// <param name="Part">What a person installs to have it.</param>
/// <param name="Version">The version of CUDA whose builds of the provider load it; null for every version.</param>
internal sealed record CudaLibrary(string Name, string Part, int? Version = null)
{
    /// <summary>
    /// For Linux and Windows. Read off the imports of the providers in Microsoft.ML.OnnxRuntime.Gpu 1.31.0, which is
    /// built for CUDA 13 and loads cuDNN when the first recurrent layer is made, and for CUDA 12 off errors that users
    /// reported.
    /// </summary>
    public static IReadOnlyList<CudaLibrary> Known(bool isWindows) =>
    [
        new(isWindows ? "nvcuda.dll" : "libcuda.so.1", "the NVIDIA driver"),
        .. Runtime(isWindows, 13),
        .. Runtime(isWindows, 12),
        new(isWindows ? "cudnn64_9.dll" : "libcudnn.so.9", "cuDNN 9"),
    ];

    private static IEnumerable<CudaLibrary> Runtime(bool isWindows, int version)
    {
        var part = $"CUDA {version}";
        string[] parts = ["cudart", "cublas", "cublasLt"];
        foreach (var name in parts)
        {
            yield return new(isWindows ? $"{name}64_{version}.dll" : $"lib{name}.so.{version}", part, version);
        }

        yield return new(isWindows ? "curand64_10.dll" : "libcurand.so.10", part, version);
    }
}
