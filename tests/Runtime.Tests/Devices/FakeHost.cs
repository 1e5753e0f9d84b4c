using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>A machine of a test's making; its GPU is the processor under another name.</summary>
internal sealed class FakeHost : IDeviceHost
{
    public const string Cuda = "CUDAExecutionProvider";
    public const string Cpu = "CPUExecutionProvider";

    public string Version => "1.2.3";

    public IReadOnlyList<HardwareState> Hardware { get; init; } = [new("CPU", "AMD", [Cpu])];

    public IReadOnlyList<string> Providers { get; init; } = [Cuda, Cpu];

    public IReadOnlyList<CudaLibrary> CudaLibraries { get; init; } = CudaLibrary.Known(isWindows: false);

    /// <summary>The libraries that the loader does not find.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>What ONNX Runtime says in place of making a session on a GPU; null to make one.</summary>
    public string? Failure { get; init; }

    /// <summary>Where the nodes of a session on a GPU are said to run.</summary>
    public IReadOnlyList<NodePlacement>? Nodes { get; init; } = [new("recurrent.0", "LSTM", Cuda)];

    /// <summary>What the session on a GPU computes; null for the model that was asked for.</summary>
    public byte[]? OtherModel { get; init; }

    /// <summary>What the batches of a session on a GPU lie in.</summary>
    public HostMemory Memory { get; init; } = new ManagedMemory(isForGpu: true);

    public List<SessionRequest> Requests { get; } = [];

    public List<IdsSession> Opened { get; } = [];

    /// <summary>
    /// What the provider of Microsoft.ML.OnnxRuntime.Gpu 1.31.0 says, on a machine with so many GPUs, to a number that
    /// is none of theirs.
    /// </summary>
    public static string NoSuchGpu(int id, int count) =>
        "provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\": "
            + $"cuda_execution_provider_info.cc:71 operator() Invalid device ID: {id}, must be between 0 (inclusive) "
            + $"and {count} (exclusive)\n";

    public bool CanLoad(string library) => !Absent.Contains(library);

    public PlacedSession Open(byte[] model, SessionRequest request)
    {
        Requests.Add(request);
        if (request.Device.Kind == DeviceKind.Cuda && Failure is not null)
        {
            throw new ProviderException(Failure);
        }

        using var options = SessionFactory.CreateOptions();
        Opened.Add(new IdsSession(new InferenceSession(OtherModel ?? model, options), Memory));
        return new PlacedSession(
            Opened[^1],
            request.Device.Kind == DeviceKind.Cuda ? Nodes : [new("recurrent.0", "LSTM", Cpu)],
            Memory.Name);
    }
}
