using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Which <see cref="SentimentModelOptions.MaximumBatchTokens"/>, and how many runs side by side, are fastest, and what
/// memory they take. <see cref="SentimentModelOptions.Threads"/> would set the runs too, but the texts encoded side by
/// side with them.
/// </summary>
internal static class BatchSizes
{
    private const int Rounds = 3;
    private const string None = "–";

    private static readonly int[] Sizes = [65_536, 16_384, 262_144, 4_096];
    private static readonly int[] SideBySide = [2, 1, 4];

    public static void AddTo(Report report, GpuSample sample, SentimentModelOptions options, GpuMemory? memory)
    {
        report.Add($"""
            ## Ids in one batch, and runs side by side

            float32, from ids, {Effort.Rounds(Rounds)} rounds, median and best; each line a session of its own, so that
            memory counts from nothing.
            """);
        report.AddTable(
            [
                "MaximumBatchTokens", "runs", "batches", "texts/s, ids", "best", "GPU memory, MB", "logit: largest",
                "flips",
            ],
            from size in Sizes from runs in SideBySide select Row(size, runs, sample, options, memory));
    }

    private static IReadOnlyList<string> Row(
        int size, int runs, GpuSample sample, SentimentModelOptions options, GpuMemory? memory)
    {
        var batches = BatchPlan.Create(Array.ConvertAll(sample.Encoded, ids => ids.Length), size).Batches.Count;
        string[] start = [Format(size, "#,0"), Format(runs, "0"), Format(batches, "#,0")];
        try
        {
            return [.. start, .. Measure(size, runs, sample, options, memory)];
        }
        catch (Exception e) when (e is InvalidOperationException or OnnxRuntimeException)
        {
            // Small GPUs have no room for the largest.
            Console.Error.WriteLine($"{size:#,0} ids, {runs} runs: {e.Message}");
            return [.. start, "failed", None, None, None, None];
        }
    }

    private static string[] Measure(
        int size, int runs, GpuSample sample, SentimentModelOptions options, GpuMemory? memory)
    {
        using var peak = memory is null ? null : new PeakSampler(memory.Used);
        using var model = SentimentModel.Load(Checkout.Model, options);
        var limits = model.Engine.Limits with { Runs = runs, BatchTokens = size };
        var differences = new Differences(sample.Predict(model, limits), sample.Expected);
        var speed = sample.TextsPerSecond(Rounds, () => sample.Predict(model, limits));
        return
        [
            Format(speed.Median, "#,0"), Format(speed.Maximum, "#,0"),
            peak is null ? None : Format(peak.Peak / 1e6, "#,0"),
            differences.LargestLogit, differences.Flips,
        ];
    }
}
