using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime;

/// <summary>The GPUs that a CUDA plug-in execution provider offers.</summary>
internal static class PlugInDevices
{
    // The plug-in's first releases had a name of their own.
    private static readonly string[] CudaNames = ["CUDAExecutionProvider", "CudaPluginExecutionProvider"];

    /// <summary>Registers the library unless it, or another with CUDA, is registered, and finds the GPU.</summary>
    /// <exception cref="ProviderException">The library cannot be used, or does not offer that GPU.</exception>
    public static OrtEpDevice Find(OrtEnv environment, string library, int id)
    {
        var devices = OfCuda(environment);
        if (devices.Count == 0)
        {
            Register(environment, library);
            devices = OfCuda(environment);
        }

        return devices.Find(device => IdOf(device) == id) ?? (id < devices.Count ? devices[id] : null)
            ?? throw new ProviderException(
                $"the plug-in '{library}' offers {devices.Count} CUDA devices, but number {id} was asked for");
    }

    private static void Register(OrtEnv environment, string library)
    {
        if (!File.Exists(library))
        {
            throw new ProviderException($"there is no plug-in library '{library}'");
        }

        try
        {
            environment.RegisterExecutionProviderLibrary($"onnx-sentiment:{library}", Path.GetFullPath(library));
        }
        catch (OnnxRuntimeException) when (OfCuda(environment).Count > 0)
        {
            // Another thread was faster.
        }
        catch (OnnxRuntimeException e)
        {
            throw new ProviderException(e.Message, e);
        }
    }

    private static List<OrtEpDevice> OfCuda(OrtEnv environment) =>
        [.. environment.GetEpDevices().Where(device => CudaNames.Contains(device.EpName))];

    private static int? IdOf(OrtEpDevice device) =>
        device.EpMetadata.Entries.TryGetValue("cuda_device_id", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
