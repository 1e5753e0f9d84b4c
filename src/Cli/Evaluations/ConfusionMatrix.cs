namespace OnnxSentiment.Cli;

/// <summary>How many texts of each label were predicted as which.</summary>
internal sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private ConfusionMatrix(int labels) => _counts = new int[labels, labels];

    /// <summary>The number of labels.</summary>
    internal int Labels => _counts.GetLength(0);

    /// <summary>The number of texts.</summary>
    internal int Count => Positions.Sum(CountOf);

    /// <summary>The number of texts whose label was predicted.</summary>
    internal int Right => Positions.Sum(label => this[label, label]);

    /// <summary>
    /// The mean over the labels, each weighing the same, that occur among the texts or the predictions; F1 is the mean of the
    /// labels' F1.
    /// </summary>
    internal LabelFigures Macro => LabelFigures.Mean(
        [.. Positions.Where(label => CountOf(label) + PredictedAs(label) > 0).Select(FiguresOf)], _ => 1);

    /// <summary>The mean over the labels, each weighing as much as it has texts.</summary>
    internal LabelFigures Weighted => LabelFigures.Mean([.. Positions.Select(FiguresOf)], figures => figures.Count);

    /// <summary>Texts of a label that were predicted as another or the same, both by position.</summary>
    internal int this[int truth, int predicted] => _counts[truth, predicted];

    internal static ConfusionMatrix Of(IEnumerable<(int Truth, int Predicted)> texts, int labels)
    {
        var matrix = new ConfusionMatrix(labels);
        foreach (var (truth, predicted) in texts)
        {
            matrix._counts[truth, predicted]++;
        }

        return matrix;
    }

    internal LabelFigures FiguresOf(int label) => LabelFigures.Of(this[label, label], PredictedAs(label), CountOf(label));

    /// <summary>The texts of one label by what they were predicted as.</summary>
    internal IEnumerable<int> Row(int truth) => Positions.Select(predicted => this[truth, predicted]);

    private IEnumerable<int> Positions => Enumerable.Range(0, Labels);

    private int CountOf(int truth) => Row(truth).Sum();

    private int PredictedAs(int predicted) => Positions.Sum(truth => this[truth, predicted]);
}
