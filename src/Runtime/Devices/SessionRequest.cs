namespace OnnxSentiment.Runtime;

/// <summary>A session to make.</summary>
/// <param name="Device">The processor or a GPU.</param>
/// <param name="Options">What its provider is told.</param>
/// <param name="Library">The library of a plug-in provider; null for the one that is built in.</param>
internal sealed record SessionRequest(
    Device Device, IReadOnlyDictionary<string, string> Options, string? Library = null)
{
    /// <summary>A session on the processor.</summary>
    public static SessionRequest ForCpu { get; } = new(Device.Cpu, new Dictionary<string, string>());

    /// <summary>A session on a GPU, as the options want it.</summary>
    public static SessionRequest ForCuda(int id, SentimentModelOptions options) => new(
        Device.Cuda(id),
        options.ExecutionProviderLibrary is null
            ? CudaOptions.BuiltIn(id, options.AllowTf32)
            : CudaOptions.PlugIn(options.AllowTf32),
        options.ExecutionProviderLibrary);
}
