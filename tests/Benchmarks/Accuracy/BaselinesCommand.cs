using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What is right about the test reviews without a network: fastText and NB-SVM, each trained on all 25,000 labeled
/// reviews. Nothing of them is chosen here; each looks at the test split once.
/// </summary>
internal static class BaselinesCommand
{
    private const int LongestNgram = 3;
    private const int Seed = 1;

    /// <param name="path">The table to write: a name and a test accuracy a line.</param>
    public static int Run(string path)
    {
        var data = DatasetReader.Read(Reviews.Path());
        string[] lines =
        [
            "baseline\ttest_accuracy", Line("fastText", FastTextAccuracy(data)), Line("NB-SVM", NgramAccuracy(data)),
        ];
        File.WriteAllLines(path, lines);
        Array.ForEach(lines, Console.WriteLine);
        return 0;
    }

    private static string Line(string name, double accuracy) => $"{name}\t{Machine.Format(accuracy, "0.0000")}";

    private static double FastTextAccuracy(Dataset data)
    {
        var reviews = new Reviews(data, data.Test);
        using var fastText = new FastText(reviews);
        return reviews.Accuracy(fastText.Score().Probabilities);
    }

    private static double NgramAccuracy(Dataset data)
    {
        var tokenizer = new Tokenizer(PresetTable.Get(PresetTable.Imdb).Text.Tokenizer);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] train = [.. data.Train.Select(Ids)], test = [.. data.Test.Select(Ids)];
        float[][] targets = [.. data.Train.Select(review => (float[])[IsPositive(review) ? 1 : 0])];
        var scores = NgramClassifier.Fit(train, targets, LongestNgram, Seed).Score(test);
        return data.Test.Zip(scores, (review, score) => score[0] > 0 == IsPositive(review))
            .Average(isRight => isRight ? 1.0 : 0.0);

        bool IsPositive(LabeledText review) => review.Label == data.Labels[1];

        int[] Ids(LabeledText review) => [.. tokenizer.Tokenize(review.Text).Select(IdOf)];

        int IdOf(string word)
        {
            ids.TryAdd(word, ids.Count);
            return ids[word];
        }
    }
}
