namespace OnnxSentiment.Benchmarks;

/// <summary>One figure, measured once a round. Series of the same run have the same rounds.</summary>
internal sealed record Series(IReadOnlyList<double> Values)
{
    public double Median => Quantile(Values, 0.5);

    public double Minimum => Values.Min();

    public double Maximum => Values.Max();

    /// <summary>
    /// The ratio of two figures, round by round: what disturbs the machine for longer than a round disturbs both.
    /// </summary>
    public Series Over(Series other) => new([.. Values.Zip(other.Values, (a, b) => a / b)]);

    /// <summary>The same figure in another unit.</summary>
    public Series Times(double factor) => new([.. Values.Select(value => value * factor)]);

    /// <summary>
    /// The value below which the share <paramref name="share"/> lies; between two values, the mean weighted by
    /// nearness.
    /// </summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
