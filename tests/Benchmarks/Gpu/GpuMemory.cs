using System.Runtime.InteropServices;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>The memory of a GPU, as the CUDA runtime tells it; of all processes together.</summary>
internal sealed class GpuMemory
{
    private static readonly string[] Libraries = OperatingSystem.IsWindows()
        ? ["cudart64_13.dll", "cudart64_12.dll"]
        : ["libcudart.so.13", "libcudart.so.12"];

    private readonly int _id;
    private readonly SetDevice _setDevice;
    private readonly GetInfo _getInfo;

    private GpuMemory(nint library, int id)
    {
        _id = id;
        _setDevice = Marshal.GetDelegateForFunctionPointer<SetDevice>(
            NativeLibrary.GetExport(library, "cudaSetDevice"));
        _getInfo = Marshal.GetDelegateForFunctionPointer<GetInfo>(NativeLibrary.GetExport(library, "cudaMemGetInfo"));
    }

    private delegate int SetDevice(int id);

    private delegate int GetInfo(out nuint free, out nuint total);

    /// <summary>Null for the processor, and where there is no CUDA.</summary>
    public static GpuMemory? Open(Device device)
    {
        if (device.Kind == DeviceKind.Cpu)
        {
            return null;
        }

        var handle = Libraries
            .Select(name => NativeLibrary.TryLoad(name, out var library) ? library : 0)
            .FirstOrDefault(library => library != 0);
        return handle == 0 ? null : new GpuMemory(handle, device.Id);
    }

    /// <summary>The bytes in use; 0 where CUDA does not tell.</summary>
    public long Used() => _setDevice(_id) == 0 && _getInfo(out var free, out var total) == 0 ? (long)(total - free) : 0;
}
