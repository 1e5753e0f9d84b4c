namespace OnnxSentiment.Evaluation;

/// <summary>How many texts of each label were predicted as which. Immutable and thread-safe.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private ConfusionMatrix(int labels) => _counts = new int[labels, labels];

    /// <summary>The number of labels.</summary>
    public int Labels => _counts.GetLength(0);

    /// <summary>The number of texts.</summary>
    public int Count => Positions.Sum(CountOf);

    /// <summary>The number of texts whose label was predicted.</summary>
    public int Correct => Positions.Sum(label => this[label, label]);

    /// <summary>
    /// The mean over the labels that occur among the texts or the predictions, all of equal weight; F1 is the mean of
    /// the labels' F1.
    /// </summary>
    public LabelMetrics Macro => LabelMetrics.Mean(
        [.. Positions.Where(label => CountOf(label) + PredictedAs(label) > 0).Select(MetricsOf)], _ => 1);

    /// <summary>The mean over the labels, weighted by their texts.</summary>
    public LabelMetrics Weighted => LabelMetrics.Mean([.. Positions.Select(MetricsOf)], metrics => metrics.Count);

    /// <summary>The number of texts of one label that were predicted as another or the same.</summary>
    /// <param name="truth">The position of the texts' label.</param>
    /// <param name="predicted">The position of the predicted label.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such label.</exception>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Counts texts.</summary>
    /// <param name="texts">The positions of each text's label and of the predicted one.</param>
    /// <param name="labels">The number of labels.</param>
    /// <exception cref="IndexOutOfRangeException">A position is not below <paramref name="labels"/>.</exception>
    public static ConfusionMatrix Of(IEnumerable<(int Truth, int Predicted)> texts, int labels)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labels);
        var matrix = new ConfusionMatrix(labels);
        foreach (var (truth, predicted) in texts)
        {
            matrix._counts[truth, predicted]++;
        }

        return matrix;
    }

    /// <summary>How well a label, named by its position, is found.</summary>
    public LabelMetrics MetricsOf(int label) => LabelMetrics.Of(this[label, label], PredictedAs(label), CountOf(label));

    /// <summary>The texts of one label by what they were predicted as.</summary>
    public IEnumerable<int> Row(int truth) => Positions.Select(predicted => this[truth, predicted]);

    private IEnumerable<int> Positions => Enumerable.Range(0, Labels);

    private int CountOf(int truth) => Row(truth).Sum();

    private int PredictedAs(int predicted) => Positions.Sum(truth => this[truth, predicted]);
}
