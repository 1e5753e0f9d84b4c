namespace OnnxSentiment.Runtime;

/// <summary>Says in a sentence why a GPU cannot be used, and what is missing.</summary>
internal static class CudaFailure
{
    private const string CudaProvider = "CUDAExecutionProvider";

    // Those of which none is here are a guess; the newest is the best one.
    private static readonly int[] VersionsByAge = [13, 12];

    /// <summary>Why CUDA is out of the question before a session is tried; null if it is not.</summary>
    public static string? NotOffered(IDeviceHost host, string? library)
    {
        if (library is not null || host.Providers.Contains(CudaProvider))
        {
            return null;
        }

        return host.CudaLibraries.Count == 0
            ? "there is no CUDA for this system"
            : $"the app's native ONNX Runtime has no CUDA (it offers {string.Join(", ", host.Providers)}): use the "
                + "package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, or name a "
                + "CUDA plug-in's library";
    }

    /// <summary>Why a session could not be made.</summary>
    public static string Explain(IDeviceHost host, string message) =>
        CudaDeviceNumber.Problem(message) ?? ExplainByLibraries(host, message);

    /// <summary>The libraries that are not here, of the version of CUDA that is needed.</summary>
    public static IReadOnlyList<CudaLibrary> Missing(IDeviceHost host, string message)
    {
        var version = VersionIn(host, message) ?? MostComplete(host);
        return [.. host.CudaLibraries
            .Where(l => l.Version is null || l.Version == version)
            .Where(l => !host.CanLoad(l.Name))];
    }

    private static string ExplainByLibraries(IDeviceHost host, string message)
    {
        var missing = Missing(host, message).GroupBy(library => library.Part)
            .Select(part => $"{part.Key} ({string.Join(", ", part.Select(library => library.Name))})")
            .ToList();
        var found = missing.Count == 0
            ? "the libraries that CUDA needs were all found"
            : $"the system's loader does not find {JoinAnd(missing)}, to be installed where it looks";
        return $"{found}; ONNX Runtime says: {message}";
    }

    // The loader names the library that it misses, and its name says which CUDA the provider was built for; curand's
    // does not.
    private static int? VersionIn(IDeviceHost host, string message) => host.CudaLibraries
        .Where(l => l.Version is { } version && l.Name.Contains($"{version}"))
        .FirstOrDefault(l => message.Contains(l.Name))?.Version;

    private static int MostComplete(IDeviceHost host) =>
        VersionsByAge.MaxBy(version => host.CudaLibraries.Count(l => l.Version == version && host.CanLoad(l.Name)));

    private static string JoinAnd(List<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
}
