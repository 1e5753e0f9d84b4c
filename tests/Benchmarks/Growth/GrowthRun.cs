using System.Diagnostics;
using System.Globalization;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>What the process of one <see cref="GrowthPoint"/> does.</summary>
internal static class GrowthRun
{
    public const string Command = "growth-point";
    public const string List = "list";
    public const string Stream = "stream";

    // Enough to have the code compiled as it will stay, and little enough not to show in the memory of larger runs.
    private const int WarmTexts = 1_000;

    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<string> Ways { get; } = [List, Stream];

    public static int Run(string way, string count, string file)
    {
        var texts = int.Parse(count, CultureInfo.InvariantCulture);
        using var model = SentimentModel.Load(Checkout.Model);
        Prepare(model, way, Math.Min(texts, WarmTexts), file)();
        using var memory = new PeakSampler(() => GC.GetTotalMemory(forceFullCollection: false));
        var call = Prepare(model, way, texts, file);
        var seconds = CallsOf(call);
        Console.WriteLine(new GrowthPoint(
            way, texts, texts / Series.Quantile(seconds, 0.5), Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
            memory.Peak / 1e6).ToLine());
        return 0;
    }

    private static List<double> CallsOf(Action call)
    {
        var seconds = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); seconds.Count == 0 || Stopwatch.GetElapsedTime(start) < AtLeast;)
        {
            var begun = Stopwatch.GetTimestamp();
            call();
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return seconds;
    }

    // A list's texts are there before the clock starts; a stream's are read from the file while it runs.
    private static Action Prepare(SentimentModel model, string way, int texts, string file)
    {
        if (way == Stream)
        {
            return () => Consume(model, texts, file).GetAwaiter().GetResult();
        }

        string[] list = [.. TextFile.Read(file, texts)];
        return () => model.Predict(list);
    }

    private static async Task Consume(SentimentModel model, int texts, string file)
    {
        var seen = 0;
        await foreach (var _ in model.PredictStreamAsync(TextFile.ReadAsync(file, texts)).ConfigureAwait(false))
        {
            seen++;
        }

        if (seen != texts)
        {
            throw new InvalidOperationException($"The stream gave {seen} predictions for {texts} texts.");
        }
    }
}
