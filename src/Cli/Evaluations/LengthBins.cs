namespace OnnxSentiment.Cli;

/// <summary>Accuracy against length: the texts sorted by length and cut into bins of equal numbers, so that each is as sure.</summary>
internal static class LengthBins
{
    private const int Bins = 8;

    /// <summary>Makes the bins, the shortest texts first; fewer where there are fewer texts.</summary>
    /// <param name="lengths">Tokens of each text.</param>
    /// <param name="isRight">Whether each text was classified rightly.</param>
    internal static IReadOnlyList<LengthBin> Of(IReadOnlyList<int> lengths, IReadOnlyList<bool> isRight)
    {
        var order = Enumerable.Range(0, lengths.Count).OrderBy(text => lengths[text]).ToArray();
        var bins = Math.Min(Bins, order.Length);
        return [.. Enumerable.Range(0, bins).Select(bin => Make(order[Start(bin)..Start(bin + 1)]))];

        int Start(int bin) => (int)((long)bin * order.Length / bins);

        LengthBin Make(int[] texts) => new(
            lengths[texts[0]], lengths[texts[^1]], lengths[texts[texts.Length / 2]], texts.Length,
            texts.Average(text => isRight[text] ? 1.0 : 0.0));
    }
}

/// <summary>Test texts of similar length.</summary>
/// <param name="Shortest">Tokens of the shortest, before it is cut to the network's maximum.</param>
/// <param name="Longest">Tokens of the longest.</param>
/// <param name="Median">Tokens of the one in the middle.</param>
/// <param name="Texts">Their number.</param>
/// <param name="Accuracy">Share classified rightly.</param>
internal sealed record LengthBin(int Shortest, int Longest, int Median, int Texts, double Accuracy);
