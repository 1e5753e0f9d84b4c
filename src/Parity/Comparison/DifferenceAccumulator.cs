namespace OnnxSentiment.Parity;

/// <summary>The largest differences of one output so far.</summary>
internal sealed class DifferenceAccumulator(OutputKind output, Tolerance tolerance)
{
    internal OutputDifference Difference { get; private set; } = new() { Output = output, Tolerance = tolerance };

    /// <summary>Takes a pair of values; false when the tolerance does not accept it.</summary>
    internal bool Add(double actual, double expected, TextLocation place)
    {
        if (double.IsFinite(actual) && double.IsFinite(expected))
        {
            Enlarge(Math.Abs(actual - expected), expected, place);
        }
        else
        {
            Difference = Difference with { NotFinite = Difference.NotFinite + 1 };
        }

        var accepted = tolerance.Accepts(actual, expected);
        if (!accepted)
        {
            Difference = Difference with { Rejected = Difference.Rejected + 1 };
        }

        return accepted;
    }

    private void Enlarge(double absolute, double expected, TextLocation place)
    {
        if (absolute > Difference.LargestAbsolute)
        {
            Difference = Difference with { LargestAbsolute = absolute, LargestAbsoluteAt = place };
        }

        var relative = expected == 0 ? 0 : absolute / Math.Abs(expected);
        if (relative > Difference.LargestRelative)
        {
            Difference = Difference with { LargestRelative = relative, LargestRelativeAt = place };
        }
    }
}
