using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>How far predictions are from others of the same texts.</summary>
internal sealed class Differences(
    IReadOnlyList<SentimentPrediction> actual, IReadOnlyList<SentimentPrediction> expected)
{
    private readonly double[] _logits = [.. actual.Zip(expected, (a, e) => (double)Math.Abs(a.Logit - e.Logit))];

    public string LargestLogit => Small(_logits.Max());

    public string MeanLogit => Small(_logits.Average());

    /// <summary>999 of 1,000 texts differ by less.</summary>
    public string UsualLogit => Small(Series.Quantile(_logits, 0.999));

    public string LargestProbability =>
        Small(actual.Zip(expected, (a, e) => Math.Abs(a.Probability - e.Probability)).Max());

    /// <summary>Texts of another label.</summary>
    public string Flips => Whole(actual.Zip(expected).Count(pair => pair.First.Label != pair.Second.Label));

    /// <summary>Texts whose logit is another one, in any bit.</summary>
    public string Changes => Whole(actual.Zip(expected).Count(pair => pair.First.Logit != pair.Second.Logit));

    private static string Small(double value) => Format(value, "0.0e+00");

    private static string Whole(int value) => Format(value, "0");
}
