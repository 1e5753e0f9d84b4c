namespace OnnxSentiment.Cli;

/// <summary>
/// How well one label is found. Where a share has nothing to be a share of (a label that was never predicted, or that no text
/// has), it is 0.
/// </summary>
/// <param name="Precision">Share of the texts predicted as the label that have it.</param>
/// <param name="Recall">Share of the texts with the label that were predicted as it.</param>
/// <param name="F1">The harmonic mean of both.</param>
/// <param name="Count">Texts with the label.</param>
internal readonly record struct LabelFigures(double Precision, double Recall, double F1, int Count)
{
    internal static LabelFigures Of(int right, int predicted, int count) =>
        new(Share(right, predicted), Share(right, count), Share(2 * right, predicted + count), count);

    /// <summary>The weighted mean of each figure, that of F1 over the labels' F1; the sum of the counts.</summary>
    internal static LabelFigures Mean(IReadOnlyCollection<LabelFigures> figures, Func<LabelFigures, double> weight)
    {
        var sum = figures.Sum(weight);
        return new(Of(f => f.Precision), Of(f => f.Recall), Of(f => f.F1), figures.Sum(f => f.Count));

        double Of(Func<LabelFigures, double> figure) => figures.Sum(f => weight(f) * figure(f)) / sum;
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
