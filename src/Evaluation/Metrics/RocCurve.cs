namespace OnnxSentiment.Evaluation;

/// <summary>
/// The receiver operating characteristic of one label against the rest: from the highest score down, the share of the
/// other texts and the share of the label's texts that score at least so high (Fawcett, "An introduction to ROC
/// analysis", Pattern Recognition Letters 27, 2006). Texts of equal score are one step. Immutable and thread-safe.
/// </summary>
/// <param name="Points">Corners: shares of the other texts (x) and of the label's (y), from (0, 0) to (1, 1).</param>
/// <param name="Area">
/// The area below: the probability that a text with the label scores higher than one without, a tie counting half
/// (the statistic of Mann and Whitney).
/// </param>
public sealed record RocCurve(IReadOnlyList<(double X, double Y)> Points, double Area)
{
    /// <summary>Computes the curve; null where all texts have the label, or none has it.</summary>
    /// <param name="texts">
    /// A score of each text, larger where the label is more likely, and whether the text has it.
    /// </param>
    public static RocCurve? Of(IReadOnlyCollection<(double Score, bool IsPositive)> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var positives = texts.Count(text => text.IsPositive);
        var negatives = texts.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        // In whole texts: twice the pairs won, so that a tie is one.
        var (above, below, wins) = (0L, 0L, 0L);
        List<(double X, double Y)> points = [(0, 0)];
        foreach (var step in texts.GroupBy(text => text.Score).OrderByDescending(step => step.Key))
        {
            var found = step.Count(text => text.IsPositive);
            var mistaken = step.Count() - found;
            wins += mistaken * ((2 * above) + found);
            above += found;
            below += mistaken;
            AddTo(points, ((double)below / negatives, (double)above / positives));
        }

        return new RocCurve(points, wins / (2.0 * positives * negatives));
    }

    // Along a straight step only its end is kept: of a rare label, a few points instead of one for each text.
    private static void AddTo(List<(double X, double Y)> points, (double X, double Y) point)
    {
        if (points.Count > 1 && (AreEqual(corner => corner.X) || AreEqual(corner => corner.Y)))
        {
            points.RemoveAt(points.Count - 1);
        }

        points.Add(point);

        bool AreEqual(Func<(double X, double Y), double> of) =>
            of(points[^1]) == of(point) && of(points[^2]) == of(point);
    }
}
