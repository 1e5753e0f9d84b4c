namespace OnnxSentiment.Runtime;

/// <summary>How much is done at once, as the options say it or as the device wants it.</summary>
/// <param name="Encoders">Texts that one call encodes side by side.</param>
/// <param name="Runs">Batches that are computed side by side.</param>
/// <param name="BatchTokens">Ids of one batch, padding included.</param>
internal readonly record struct RunLimits(int Encoders, int Runs, int BatchTokens)
{
    private const int MaximumThreads = 1_024;
    // Six texts of 200 ids: as many rows as the matrix kernels for AVX2 compute at once, half as many as those for
    // AVX-512. Of texts up to 600 ids, none of 1,200 to 4,096 is faster by more than the rounds differ (build/bench.sh
    // batches).
    private const int CpuBatchTokens = 1_200;

    // A GPU runs one batch's kernels after the other's; the second run hides the copies and the launches of the first.
    // More of both is faster on a large GPU, but out of memory on a small one is a failure, not a delay: figures in
    // docs/gpu.md.
    private const int GpuRuns = 2;
    private const int GpuBatchTokens = 65_536;

    public static RunLimits For(SentimentModelOptions options, Device device)
    {
        var cores = Math.Min(Environment.ProcessorCount, MaximumThreads);
        var isGpu = device.Kind == DeviceKind.Cuda;
        return new RunLimits(
            options.Threads ?? cores,
            options.Threads ?? (isGpu ? GpuRuns : cores),
            options.MaximumBatchTokens ?? (isGpu ? GpuBatchTokens : CpuBatchTokens));
    }
}
