namespace OnnxSentiment.Evaluation;

/// <summary>Texts of similar length.</summary>
/// <param name="Shortest">Tokens of the shortest.</param>
/// <param name="Longest">Tokens of the longest.</param>
/// <param name="Median">Tokens of the one in the middle.</param>
/// <param name="Texts">Their number.</param>
/// <param name="Accuracy">Share of them whose label was predicted.</param>
public sealed record LengthBin(int Shortest, int Longest, int Median, int Texts, double Accuracy);

/// <summary>
/// Accuracy against length: the texts sorted by length and cut into bins of equal counts, so that each bin's accuracy
/// has the same uncertainty. Thread-safe.
/// </summary>
public static class LengthBins
{
    private const int Bins = 8;

    /// <summary>Makes eight bins, the shortest texts first; fewer where there are fewer texts.</summary>
    /// <param name="lengths">Tokens of each text, before it is cut to the network's maximum.</param>
    /// <param name="isCorrect">Whether each text's label was predicted; as many as lengths.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static IReadOnlyList<LengthBin> Of(IReadOnlyList<int> lengths, IReadOnlyList<bool> isCorrect)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(isCorrect);
        if (lengths.Count != isCorrect.Count)
        {
            throw new ArgumentException(
                $"There are {isCorrect.Count} results of {lengths.Count} texts.", nameof(isCorrect));
        }

        var order = Enumerable.Range(0, lengths.Count).OrderBy(text => lengths[text]).ToArray();
        var bins = Math.Min(Bins, order.Length);
        return [.. Enumerable.Range(0, bins).Select(bin => Make(order[Start(bin)..Start(bin + 1)]))];

        int Start(int bin) => (int)((long)bin * order.Length / bins);

        LengthBin Make(int[] texts) => new(
            lengths[texts[0]], lengths[texts[^1]], lengths[texts[texts.Length / 2]], texts.Length,
            texts.Average(text => isCorrect[text] ? 1.0 : 0.0));
    }
}
