namespace OnnxSentiment.Evaluation;

/// <summary>Texts whose predicted label got a probability in one range.</summary>
/// <param name="Count">Texts.</param>
/// <param name="Confidence">The mean probability of their predicted labels; 0 without texts.</param>
/// <param name="Accuracy">The share of them whose predicted label is correct; 0 without texts.</param>
public readonly record struct CalibrationBin(int Count, double Confidence, double Accuracy);

/// <summary>
/// Whether predictions are correct as often as their probability says: bins of equal width over the probability of
/// the predicted label, and the mean over all texts of the difference between confidence and accuracy of their bin
/// (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3). The lower bound of a bin belongs
/// to the bin before. Immutable and thread-safe.
/// </summary>
/// <param name="Bins">The <see cref="BinCount"/> bins from 0 to 1.</param>
/// <param name="Value">The expected calibration error, 0 to 1.</param>
public sealed record ExpectedCalibrationError(IReadOnlyList<CalibrationBin> Bins, double Value)
{
    /// <summary>The number of bins, as in the paper.</summary>
    public const int BinCount = 15;

    /// <summary>Computes the error.</summary>
    /// <param name="texts">
    /// The probability of each text's predicted label, 0 to 1, and whether the label is correct.
    /// </param>
    /// <exception cref="ArgumentException">There are no texts.</exception>
    public static ExpectedCalibrationError Of(IReadOnlyCollection<(double Confidence, bool IsCorrect)> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count, nameof(texts));
        var bins = new CalibrationBin[BinCount];
        foreach (var bin in texts.GroupBy(text => BinOf(text.Confidence)))
        {
            bins[bin.Key] = new CalibrationBin(
                bin.Count(), bin.Average(text => text.Confidence), bin.Average(text => text.IsCorrect ? 1.0 : 0.0));
        }

        var error = bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / texts.Count;
        return new ExpectedCalibrationError(bins, error);
    }

    private static int BinOf(double confidence) =>
        Math.Clamp((int)Math.Ceiling(confidence * BinCount) - 1, 0, BinCount - 1);
}
