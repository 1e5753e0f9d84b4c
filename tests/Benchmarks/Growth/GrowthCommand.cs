using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>Speed and memory from one text to a million.</summary>
internal static class GrowthCommand
{
    private const string Picture = "growth.png";

    private static readonly int LargestList = Effort.Texts(100_000);
    private static readonly int LargestStream = Effort.Texts(1_000_000);

    public static int Run()
    {
        var file = TextFile.Write(Reviews.Read());
        var points = Sizes(GrowthRun.List, LargestList).Concat(Sizes(GrowthRun.Stream, LargestStream))
            .Select(size => Measure(size, file))
            .ToArray();
        var report = new Report("From one text to a million", "build/bench.sh growth");
        report.Add($"""
            ![Texts a second and the largest memory over the number of texts]({Picture})

            float32, the 50,000 labeled reviews over and over, each line a process of its own. `list` is one call of
            `Predict(texts)` with the texts, and their 2 bytes a character, in memory; `stream` is `PredictStreamAsync`
            over a file that is read meanwhile. Calls are repeated for a second at least, and the median counts, after a
            call of up to 1,000 texts to warm up. Resident memory is the largest of the process's life, .NET and ONNX
            Runtime included; the managed heap includes what the garbage collector had not yet collected.
            """);
        report.AddTable(
            ["way", "texts", "texts/s", "resident, MB", "managed heap, MB"],
            points.Select(point => (IReadOnlyList<string>)
            [
                point.Way, Format(point.Texts, "#,0"), Format(point.TextsPerSecond, "#,0"),
                Format(point.WorkingSet, "#,0"), Format(point.Managed, "#,0"),
            ]));
        GrowthPicture.SavePng(points, Path.Combine(Report.Folder, Picture));
        report.Save("growth.md");
        return 0;
    }

    private static IEnumerable<(string Way, int Texts)> Sizes(string way, int largest)
    {
        for (var texts = 1; texts <= largest; texts *= 10)
        {
            yield return (way, texts);
        }
    }

    private static GrowthPoint Measure((string Way, int Texts) size, string file)
    {
        Console.Error.WriteLine($"{size.Way} of {Format(size.Texts, "#,0")} texts");
        var point = GrowthPoint.Measure(size.Way, size.Texts, file);
        Console.Error.WriteLine(
            $"  {Format(point.TextsPerSecond, "#,0")} texts/s, {Format(point.WorkingSet, "#,0")} MB resident");
        return point;
    }
}
