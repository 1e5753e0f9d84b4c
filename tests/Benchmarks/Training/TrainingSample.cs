using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Whole batches of real train reviews, taken at random, and the recipe that everybody trains them by.
/// </summary>
internal static class TrainingSample
{
    private const int Batches = 25;
    private const int WarmBatches = 2;
    private const int Seed = 1;

    /// <summary>The tutorial's network, one pass over the sample.</summary>
    public static TrainingRecipe Recipe { get; } = PresetTable.Get(PresetTable.KerasTutorial).With("epochs=1");

    /// <summary>What is measured.</summary>
    public static TrainingData Read() => Take(Effort.IsTrial ? WarmBatches : Batches);

    /// <summary>As much as shows the code to the compiler and fills the allocators.</summary>
    public static TrainingData Warm(TrainingData sample) =>
        sample with { Train = First(sample.Train, Enumerable.Range(0, WarmBatches * Recipe.Training.BatchSize)) };

    /// <summary>Ids of all texts, padding not counted.</summary>
    public static double TokensOf(EncodedTexts texts) => texts.Ids.Sum(ids => (double)ids.Length);

    private static TrainingData Take(int batches)
    {
        var all = TrainingData.Prepare(Reviews.Read().Data, Recipe);
        var order = Enumerable.Range(0, all.Train.Count).ToArray();
        new Random(Seed).Shuffle(order);
        return all with
        {
            Train = First(all.Train, order.Take(batches * Recipe.Training.BatchSize)),
            Validation = First(all.Validation, [0]), // not in the time that is measured
            Test = First(all.Test, []),
        };
    }

    private static EncodedTexts First(EncodedTexts texts, IEnumerable<int> positions)
    {
        int[] chosen = [.. positions];
        return new EncodedTexts([.. chosen.Select(i => texts.Ids[i])], [.. chosen.Select(i => texts.Targets[i])]);
    }
}
