namespace OnnxSentiment.Parity;

/// <summary>
/// How much accuracy a classifier may really lose, given what a sample of texts shows: the one-sided 95 % bound of
/// Tango's score interval for the difference of paired proportions, which holds for few texts and for none that differ
/// (Tango, Statistics in Medicine 17, 1998, equations 17 to 20).
/// </summary>
internal static class PairedLoss
{
    private const double Normal95 = 1.6448536269514722;
    private const int Halvings = 60; // more than a double has bits

    /// <summary>The largest share of all texts that may be lost, at a confidence of 95 %.</summary>
    /// <param name="worse">Texts that only the first classifier got right.</param>
    /// <param name="better">Texts that only the second classifier got right.</param>
    /// <param name="texts">All texts, at least one.</param>
    internal static double UpperBound(int worse, int better, int texts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(worse);
        ArgumentOutOfRangeException.ThrowIfNegative(better);
        ArgumentOutOfRangeException.ThrowIfLessThan(texts, Math.Max(1, worse + better));
        var (low, high) = ((double)(worse - better) / texts, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Score(worse, better, texts, middle) > -Normal95)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    // How many standard deviations the sample lies above what a true loss would give; the other parameter, the share
    // of texts that get better, is the most likely one under that loss.
    private static double Score(int worse, int better, int texts, double loss)
    {
        var a = 2.0 * texts;
        var b = -worse - better + ((a - worse + better) * loss);
        var c = -better * loss * (1 - loss);
        var gained = (Math.Sqrt((b * b) - (4 * a * c)) - b) / (2 * a);
        var variance = texts * ((2 * gained) + (loss * (1 - loss)));
        var difference = worse - better - (texts * loss);
        return variance > 0 ? difference / Math.Sqrt(variance) : difference < 0 ? double.NegativeInfinity : 0;
    }
}
