namespace OnnxSentiment.Runtime;

/// <summary>What choosing a device asks of ONNX Runtime and of the machine. Tests stand in for both.</summary>
internal interface IDeviceHost
{
    /// <summary>The version of the native library.</summary>
    string Version { get; }

    /// <summary>The processors and accelerators that ONNX Runtime sees.</summary>
    IReadOnlyList<HardwareState> Hardware { get; }

    /// <summary>The names of the execution providers that the native library has.</summary>
    IReadOnlyList<string> Providers { get; }

    /// <summary>The native libraries that CUDA needs on this system; empty where there is no CUDA.</summary>
    IReadOnlyList<CudaLibrary> CudaLibraries { get; }

    /// <summary>Whether the system's loader finds a native library.</summary>
    bool CanLoad(string library);

    /// <summary>Makes a session.</summary>
    /// <exception cref="ProviderException">ONNX Runtime cannot make it.</exception>
    PlacedSession Open(byte[] model, SessionRequest request);
}
