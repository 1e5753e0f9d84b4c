using System.Diagnostics;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Loads one damaged file after the other, and says on standard output what became of each. Runs in a process of its
/// own: native code that crashes takes the process along.
/// </summary>
internal static class ModelFileFuzz
{
    /// <summary>
    /// The memory that a file of 20 kB may cost, in bytes; ONNX Runtime itself and .NET need some 150 MB.
    /// </summary>
    public const long MaximumWorkingSet = 1_000_000_000;

    /// <summary>
    /// Writes a line with the seed before it is tried, and one with its result: the last seed without is to blame.
    /// </summary>
    /// <param name="firstSeed">The seed to begin with; the following ones come after it.</param>
    /// <param name="time">Until when to begin another seed; one is always tried.</param>
    public static void Run(int firstSeed, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        for (var seed = firstSeed; seed == firstSeed || Stopwatch.GetElapsedTime(start) < time; seed++)
        {
            Console.WriteLine($"seed {seed}");
            Console.WriteLine(Try(ModelFileDamage.Of(seed)));
        }
    }

    private static string Try(byte[] file)
    {
        try
        {
            using var model = TestModel.Load(file);
            return Memory() ?? Use(model);
        }
        catch (InvalidInputException)
        {
            return Memory() ?? "refused";
        }
        catch (Exception e)
        {
            return $"wrong: {e.ToString().ReplaceLineEndings(" | ")}";
        }
    }

    // Damage that no check at loading can see may make the graph impossible to compute for some lengths; that too has
    // one documented exception.
    private static string Use(SentimentModel model)
    {
        try
        {
            model.Predict("word3 word4 word5");
            model.Predict(TestTexts.Hostile);
            return Memory() ?? "loaded";
        }
        catch (InvalidOperationException)
        {
            return Memory() ?? "loaded, not computable";
        }
    }

    private static string? Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 > MaximumWorkingSet
            ? $"wrong: the process has had {process.PeakWorkingSet64:N0} bytes in memory"
            : null;
    }
}
