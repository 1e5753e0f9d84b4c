namespace OnnxSentiment.Cli;

/// <summary>Texts whose predicted label got a probability in one range.</summary>
/// <param name="Count">Texts.</param>
/// <param name="Confidence">The mean probability of their predicted labels; 0 without texts.</param>
/// <param name="ShareRight">The share of them whose predicted label is right; 0 without texts.</param>
internal readonly record struct CalibrationBin(int Count, double Confidence, double ShareRight);

/// <summary>
/// Whether predictions are right as often as their probability says: bins of equal width over the probability of the predicted
/// label, and the expected calibration error, the mean over all texts of the difference between confidence and share of right
/// ones of their bin (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3). The lower bound of a bin
/// belongs to the bin before.
/// </summary>
/// <param name="Bins">The bins from 0 to 1.</param>
/// <param name="Error">The expected calibration error, 0 to 1.</param>
internal sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double Error)
{
    /// <summary>As in the paper.</summary>
    internal const int BinCount = 15;

    internal static Calibration Of(IReadOnlyCollection<(double Confidence, bool IsRight)> texts)
    {
        var bins = new CalibrationBin[BinCount];
        foreach (var bin in texts.GroupBy(text => BinOf(text.Confidence)))
        {
            bins[bin.Key] = new CalibrationBin(
                bin.Count(), bin.Average(text => text.Confidence), bin.Average(text => text.IsRight ? 1.0 : 0.0));
        }

        return new Calibration(bins, bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.ShareRight)) / texts.Count);
    }

    private static int BinOf(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * BinCount) - 1, 0, BinCount - 1);
}
