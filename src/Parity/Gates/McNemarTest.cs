namespace OnnxSentiment.Parity;

/// <summary>
/// McNemar's exact test: two classifiers labeled the same texts; of those that only one got right, does one have more
/// than chance gives it? Under the hypothesis that both are equally good, each such text is the toss of a fair coin
/// (McNemar, Psychometrika 12, 1947; exact: Agresti, Categorical Data Analysis, section 11.1).
/// </summary>
internal static class McNemarTest
{
    /// <summary>The two-sided p-value: twice the smaller tail of Binomial(first + second, 1/2), at most 1.</summary>
    /// <param name="first">Texts that only the first classifier got right.</param>
    /// <param name="second">Texts that only the second classifier got right.</param>
    internal static double PValue(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        var (few, all) = (Math.Min(first, second), first + second);
        return first == second ? 1 : Math.Min(1, 2 * LowerTail(few, all));
    }

    // From the largest term down, as a logarithm and ratios: 2^-n is no double beyond n = 1,074, and the binomial
    // coefficients are none beyond n = 1,029.
    private static double LowerTail(int few, int all)
    {
        var logarithm = -all * Math.Log(2);
        for (var i = 1; i <= few; i++)
        {
            logarithm += Math.Log((all - i + 1.0) / i);
        }

        var (sum, term) = (1.0, 1.0);
        for (var i = few; i > 0 && term > sum * 1e-17; i--)
        {
            term *= i / (all - i + 1.0);
            sum += term;
        }

        return Math.Exp(logarithm + Math.Log(sum));
    }
}
