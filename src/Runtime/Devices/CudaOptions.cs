using System.Globalization;

namespace OnnxSentiment.Runtime;

/// <summary>
/// What the CUDA execution provider is told; names and values as
/// https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html lists them.
/// </summary>
internal static class CudaOptions
{
    /// <summary>For the provider that is built into a native library.</summary>
    public static IReadOnlyDictionary<string, string> BuiltIn(int id, bool allowTf32) => new Dictionary<string, string>
    {
        ["device_id"] = id.ToString(CultureInfo.InvariantCulture),
        ["use_tf32"] = Flag(allowTf32),
        // Batches differ in shape, and an app may have other uses for its GPU: take what a batch needs, not the next
        // power of 2.
        ["arena_extend_strategy"] = "kSameAsRequested",
    };

    /// <summary>For a plug-in provider, which gets its device by other means and has no such arena.</summary>
    public static IReadOnlyDictionary<string, string> PlugIn(bool allowTf32) => new Dictionary<string, string>
    {
        ["use_tf32"] = Flag(allowTf32),
    };

    private static string Flag(bool value) => value ? "1" : "0";
}
