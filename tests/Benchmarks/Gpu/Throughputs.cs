using System.Diagnostics;
using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Lists of texts with the defaults: the processor, and each precision on the device.</summary>
internal static class Throughputs
{
    private const int Rounds = 5;

    public static void AddTo(Report report, GpuSample sample, SentimentModelOptions options, GpuMemory? memory)
    {
        report.Add($"""
            ## Lists

            Tokenizing alone on {Environment.ProcessorCount} cores: {Format(sample.TokenizedPerSecond, "#,0")} texts/s.
            Medians of {Effort.Rounds(Rounds)} rounds, each of one call with all texts. `repeats` counts the texts whose
            logit is another one, in any bit, when the list is computed again.
            """);
        report.AddTable(
            [
                "precision", "device", "loaded, ms", "texts/s, ids", "texts/s, texts", "logit: largest", "mean",
                "99.9 %", "probability",
                "flips", "repeats", "GPU memory, MB",
            ],
            [
                Row("float32", Checkout.Model, new() { Device = Device.Cpu }, sample, memory: null),
                Row("float32", Checkout.Model, options, sample, memory),
                Row("float32 TF32", Checkout.Model, options with { AllowTf32 = true }, sample, memory),
                Row("fp16", Checkout.Fp16Model, options, sample, memory),
            ]);
    }

    private static string[] Row(
        string precision, string path, SentimentModelOptions options, GpuSample sample, GpuMemory? memory)
    {
        using var peak = memory is null ? null : new PeakSampler(memory.Used);
        var start = Stopwatch.GetTimestamp();
        using var model = SentimentModel.Load(path, options);
        var loaded = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var predictions = sample.Predict(model, model.Engine.Limits);
        var differences = new Differences(predictions, sample.Expected);
        var repeat = new Differences(sample.Predict(model, model.Engine.Limits), predictions);
        return
        [
            precision, $"{model.Device}", Format(loaded, "0"),
            Format(sample.TextsPerSecond(Rounds, () => sample.Predict(model, model.Engine.Limits)).Median, "#,0"),
            Format(sample.TextsPerSecond(Rounds, () => model.Predict(sample.Texts)).Median, "#,0"),
            differences.LargestLogit, differences.MeanLogit, differences.UsualLogit, differences.LargestProbability,
            differences.Flips, repeat.Changes, peak is null ? "–" : Format(peak.Peak / 1e6, "#,0"),
        ];
    }
}
