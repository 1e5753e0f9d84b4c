using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>ONNX Runtime and this machine.</summary>
internal sealed class OrtDeviceHost : IDeviceHost
{
    public string Version => OrtEnvironment.Instance.GetVersionString();

    public IReadOnlyList<HardwareState> Hardware
    {
        get
        {
            var offers = OrtEnvironment.Instance.GetEpDevices();
            return [.. OrtEnvironment.Instance.GetHardwareDevices().Select(device => StateOf(device, offers))];
        }
    }

    public IReadOnlyList<string> Providers => OrtEnvironment.Instance.GetAvailableProviders();

    public IReadOnlyList<CudaLibrary> CudaLibraries =>
        OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? CudaLibrary.Known(OperatingSystem.IsWindows()) : [];

    public bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    public PlacedSession Open(byte[] model, SessionRequest request)
    {
        try
        {
            using var options = SessionFactory.CreateOptions();
            options.AddSessionConfigEntry(GraphAssignment.RecordKey, "1");
            var pinned = Append(options, request);
            return Placed(OrtEnvironment.Open(model, options), pinned);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ProviderException(e.Message, e);
        }
    }

    private static PlacedSession Placed(InferenceSession session, OrtMemoryInfo? pinned)
    {
        try
        {
            var memory = MemoryFor(session, pinned);
            return new PlacedSession(new IdsSession(session, memory), GraphAssignment.Read(session), memory.Name);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Gives a session to come the provider of a device.</summary>
    /// <returns>The kind of host memory that the device reads and writes itself; null for the processor.</returns>
    public static OrtMemoryInfo? Append(SessionOptions options, SessionRequest request)
    {
        if (request.Device.Kind != DeviceKind.Cuda)
        {
            return null;
        }

        if (request.Library is { } library)
        {
            var environment = OrtEnvironment.Instance;
            var device = PlugInDevices.Find(environment, library, request.Device.Id);
            options.AppendExecutionProvider(environment, [device], request.Options);
            return device.GetMemoryInfo(OrtDeviceMemoryType.HOST_ACCESSIBLE);
        }

        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>(request.Options));
        options.AppendExecutionProvider_CUDA(cuda);
        return new OrtMemoryInfo(
            OrtMemoryInfo.allocatorCUDA_PINNED,
            OrtAllocatorType.DeviceAllocator,
            request.Device.Id,
            OrtMemType.CpuOutput);
    }

    // Without page-locked memory a GPU computes the same, only its copies are slower.
    private static HostMemory MemoryFor(InferenceSession session, OrtMemoryInfo? pinned)
    {
        try
        {
            return pinned is null ? new ManagedMemory() : new PageLockedMemory(session, pinned);
        }
        catch (OnnxRuntimeException)
        {
            return new ManagedMemory(isForGpu: true);
        }
    }

    private static HardwareState StateOf(OrtHardwareDevice device, IReadOnlyList<OrtEpDevice> offers)
    {
        var providers = offers
            .Where(offer => offer.HardwareDevice.Type == device.Type)
            .Where(offer => offer.HardwareDevice.DeviceId == device.DeviceId)
            .Select(offer => offer.EpName);
        var vendor = HardwareVendor.NameOf(device.Vendor, device.VendorId);
        return new HardwareState(device.Type.ToString(), vendor, [.. providers.Distinct()]);
    }
}
