using OnnxSentiment.Core;
using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Whether memory keeps growing when every batch has another shape.</summary>
internal static class RandomShapes
{
    private const int Callers = 4;
    private const int MaximumRows = 512;

    private static readonly int Parts = Effort.Rounds(4);
    private static readonly int BatchesOfCaller = Effort.IsTrial ? 1 : 25;

    public static void AddTo(Report report, SentimentModelOptions options, GpuMemory? memory)
    {
        using var model = SentimentModel.Load(Checkout.Model, options);
        using var peak = new PeakSampler(() => memory?.Used() ?? 0);
        var length = model.Metadata.Text.MaximumLength;
        report.Add($"""
            ## Memory

            Batches of random shapes, 1 to {MaximumRows} texts of 2 to {length} ids, from {Callers} threads.
            """);
        report.AddTable(["batches", "GPU memory, MB"], Enumerable.Range(1, Parts).Select(part =>
        {
            Parallel.For(0, Callers, caller => Score(model, new Random((part * Callers) + caller), length));
            return (IReadOnlyList<string>)
                [
                    Format(part * Callers * BatchesOfCaller, "#,0"),
                    memory is null ? "–" : Format(peak.Peak / 1e6, "#,0"),
                ];
        }));
    }

    private static void Score(SentimentModel model, Random random, int maximumLength)
    {
        var words = model.Metadata.Vocabulary.Count;
        for (var batch = 0; batch < BatchesOfCaller; batch++)
        {
            var (rows, length) = (random.Next(1, MaximumRows + 1), random.Next(2, maximumLength + 1));
            long[] ids =
                [.. Enumerable.Range(0, rows * length).Select(_ => (long)random.Next(Vocabulary.FirstWordId, words))];
            model.Score(ids, length, new float[rows], new float[rows]);
        }
    }
}
