namespace OnnxSentiment.Evaluation;

/// <summary>
/// How well one label is found. A share of nothing (a label that was never predicted, or that no text has) is 0.
/// </summary>
/// <param name="Precision">Share of the texts predicted as the label that have it.</param>
/// <param name="Recall">Share of the texts with the label that were predicted as it.</param>
/// <param name="F1">The harmonic mean of both.</param>
/// <param name="Count">Texts with the label.</param>
public readonly record struct LabelMetrics(double Precision, double Recall, double F1, int Count)
{
    internal static LabelMetrics Of(int correct, int predicted, int count) =>
        new(Share(correct, predicted), Share(correct, count), Share(2 * correct, predicted + count), count);

    /// <summary>The weighted mean of each metric, that of F1 over the labels' F1; the sum of the counts.</summary>
    internal static LabelMetrics Mean(IReadOnlyCollection<LabelMetrics> labels, Func<LabelMetrics, double> weight)
    {
        var sum = labels.Sum(weight);
        return new(Of(m => m.Precision), Of(m => m.Recall), Of(m => m.F1), labels.Sum(m => m.Count));

        double Of(Func<LabelMetrics, double> metric) => labels.Sum(m => weight(m) * metric(m)) / sum;
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
