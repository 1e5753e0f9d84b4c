using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>What a GPU computes and how fast, beside the processor; the figures of docs/gpu.md.</summary>
internal static class GpuCommand
{
    /// <param name="device">
    /// As <see cref="Device.Parse"/> reads it; <c>cpu</c> tries this command out without a GPU.
    /// </param>
    /// <param name="plugIn">The library of a CUDA plug-in; null for the CUDA that is built in.</param>
    public static int Run(string device, string? plugIn = null)
    {
        var options = new SentimentModelOptions { Device = Device.Parse(device), ExecutionProviderLibrary = plugIn };
        var memory = GpuMemory.Open(options.Device);
        var atFirst = memory?.Used() is { } used ? $"{Format(used / 1e6, "0")} MB" : "not known";
        var sample = GpuSample.Read();
        var report = new Report($"On {options.Device}", $"build/bench.sh gpu --device {device}");
        report.Add($"""
            GPU: {Versions.Gpu ?? "none that nvidia-smi knows"}; memory in use before any model: {atFirst}.

            {Format(sample.Count, "#,0")} texts of {Format(sample.MeanLength, "0.0")} ids in the mean, tokenized before
            the clock starts where a column says `ids`. Differences are those to float32 on the processor. Memory is
            what all processes together have in use on the GPU at most.
            """);
        Throughputs.AddTo(report, sample, options, memory);
        Latencies.AddTo(report, sample, options);
        RandomShapes.AddTo(report, options, memory);
        BatchSizes.AddTo(report, sample, options, memory);
        report.Save("gpu.md");
        return 0;
    }
}
