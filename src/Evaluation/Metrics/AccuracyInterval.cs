namespace OnnxSentiment.Evaluation;

/// <summary>
/// Where the accuracy on all texts of this kind lies with 95 % confidence: Wilson's score interval, which holds for
/// few texts and for shares near 0 and 1 (Wilson, J. Am. Stat. Assoc. 22, 1927). Immutable and thread-safe.
/// </summary>
/// <param name="Low">Its lower end, 0 to 1.</param>
/// <param name="High">Its upper end, 0 to 1.</param>
public readonly record struct AccuracyInterval(double Low, double High)
{
    /// <summary>How often an interval made this way holds the true accuracy.</summary>
    public const double Confidence = 0.95;

    private const double Normal975 = 1.959963984540054;

    /// <summary>Computes the interval.</summary>
    /// <param name="correct">The number of texts whose label was predicted.</param>
    /// <param name="count">The number of texts, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no texts, or fewer than correct ones.</exception>
    public static AccuracyInterval Of(int correct, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, count);
        var (share, square) = ((double)correct / count, Normal975 * Normal975 / count);
        var center = share + (square / 2);
        var half = Math.Sqrt((share * (1 - share) * square) + (square * square / 4));

        // Exactly 0 and 1 at the ends, where rounding would leave a hair.
        return new(
            correct == 0 ? 0 : (center - half) / (1 + square), correct == count ? 1 : (center + half) / (1 + square));
    }
}
