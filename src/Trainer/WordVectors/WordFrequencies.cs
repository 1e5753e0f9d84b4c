using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// How often each id stands in the texts, and the two distributions that skip-gram draws from. Padding and the start of
/// a text are no words and are never drawn. Immutable.
/// </summary>
internal sealed class WordFrequencies
{
    // Flattens the distribution of negative words between that of the texts and the uniform one (Mikolov et al., 2013).
    private const double NegativePower = 0.75;
    private const int NegativeTableBits = 20;
    private const int NegativeTableSize = 1 << NegativeTableBits;

    private readonly float[] _keep;
    private readonly int[] _negatives;

    internal WordFrequencies(IReadOnlyList<int[]> texts, int vocabularySize, double subsampling)
    {
        var counts = new long[vocabularySize];
        foreach (var text in texts)
        {
            foreach (var id in text)
            {
                counts[id]++;
            }
        }

        counts[Vocabulary.PaddingId] = counts[Vocabulary.StartId] = 0;
        Total = counts.Sum();
        _keep = [.. counts.Select(count => KeepProbability(count, subsampling * Total))];
        _negatives = FillTable(counts);
    }

    /// <summary>Words in all texts.</summary>
    internal long Total { get; }

    /// <summary>Whether this occurrence of a word is to be left out; padding and starts always are.</summary>
    internal bool IsSkipped(int id, ref RandomSequence random) => random.NextUnit() >= _keep[id];

    internal int DrawNegative(ref RandomSequence random) => _negatives[random.Next() >> (64 - NegativeTableBits)];

    // The rule of word2vec's code, which keeps somewhat more than the one in the paper.
    private static float KeepProbability(long count, double threshold) =>
        count == 0 ? 0 : (float)Math.Min(1, Math.Sqrt(threshold / count) + (threshold / count));

    private static int[] FillTable(long[] counts)
    {
        var weights = Array.ConvertAll(counts, count => Math.Pow(count, NegativePower));
        var share = NegativeTableSize / weights.Sum();
        var table = new int[NegativeTableSize];
        var (filled, upTo) = (0, 0.0);
        for (var id = 0; id < weights.Length; id++)
        {
            upTo += weights[id] * share;
            var end = Math.Min(NegativeTableSize, (int)Math.Round(upTo));
            table.AsSpan(filled, end - filled).Fill(id);
            filled = end;
        }

        return table;
    }
}
