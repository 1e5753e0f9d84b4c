namespace OnnxSentiment.Evaluation;

/// <summary>The metrics of a classifier on labeled texts. Immutable and thread-safe.</summary>
public sealed record ClassificationReport
{
    private ClassificationReport()
    {
    }

    /// <summary>The labels by position.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Which label was predicted as which; precision, recall and F1 of each label and their means.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Mean of -ln(probability of the text's own label), in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Whether predictions are correct as often as their probability says.</summary>
    public required ExpectedCalibrationError Calibration { get; init; }

    /// <summary>
    /// The ROC curve of the second of two labels, or of each label against the rest; null where all texts have the
    /// label, or none.
    /// </summary>
    public required IReadOnlyList<(string Label, RocCurve? Curve)> Roc { get; init; }

    /// <summary>Texts per second of the predictions; null where nobody measured their time.</summary>
    public required double? TextsPerSecond { get; init; }

    /// <summary>The accuracy of the groups of each grouping.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<GroupAccuracy> Groups)> Groups { get; init; }

    /// <summary>Texts.</summary>
    public int Count => Confusion.Count;

    /// <summary>Share of the texts whose label was predicted.</summary>
    public double Accuracy => (double)Confusion.Correct / Count;

    /// <summary>Where the accuracy on all texts of this kind lies with 95 % confidence.</summary>
    public AccuracyInterval AccuracyInterval => AccuracyInterval.Of(Confusion.Correct, Count);

    /// <summary>
    /// The area under the curve of <see cref="Roc"/>, or with more than two labels the unweighted mean of the areas,
    /// one against the rest; null without a curve.
    /// </summary>
    public double? RocAuc => Roc.Average(label => label.Curve?.Area);

    /// <summary>Computes the metrics of predictions.</summary>
    /// <param name="predictions">A prediction for each text, at least one.</param>
    /// <param name="labels">The names of the labels, as many as each prediction has probabilities.</param>
    /// <param name="elapsed">The time that the predictions took; null where it is not known.</param>
    /// <param name="groupings">Groups whose accuracy is computed too; null for none.</param>
    /// <exception cref="ArgumentException">There are no predictions, or one does not fit the labels.</exception>
    /// <exception cref="Core.InvalidInputException">A text does not say which group it belongs to.</exception>
    public static ClassificationReport Of(
        IReadOnlyList<LabeledPrediction> predictions, IReadOnlyList<string> labels, TimeSpan? elapsed = null,
        IReadOnlyList<Grouping>? groupings = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        Check(predictions, labels.Count);
        return new ClassificationReport
        {
            Labels = labels,
            Confusion = ConfusionMatrix.Of(
                predictions.Select(text => (text.TrueLabel, text.PredictedLabel)), labels.Count),
            LogLoss = predictions.Average(text => LogLossOf(text.LogOddsOf(text.TrueLabel))),
            Calibration = ExpectedCalibrationError.Of(
                [.. predictions.Select(text => ((double)text.Probabilities[text.PredictedLabel], text.IsCorrect))]),
            Roc = [.. labels.Index().Skip(labels.Count == 2 ? 1 : 0)
                .Select(label => (label.Item, CurveOf(predictions, label.Index)))],
            TextsPerSecond = predictions.Count / elapsed?.TotalSeconds,
            Groups = [.. (groupings ?? []).Select(grouping => (grouping.Name, grouping.Apply(predictions)))],
        };
    }

    /// <summary>All metrics as one JSON object on one line.</summary>
    public string ToJson() => ReportJson.Format(this);

    /// <summary>
    /// Writes pictures into a folder, which is created where it is missing: the confusion matrix, the reliability
    /// diagram and, where there is one, the ROC curve. Pictures of the same names are replaced.
    /// </summary>
    /// <returns>The names of the files.</returns>
    public IReadOnlyList<string> SavePictures(string folder) => ReportPictures.Save(this, folder);

    private static void Check(IReadOnlyList<LabeledPrediction> predictions, int labels)
    {
        ArgumentOutOfRangeException.ThrowIfZero(predictions.Count, nameof(predictions));
        foreach (var (i, text) in predictions.Index())
        {
            if (text.Probabilities.Count != labels || (text.LogOdds?.Count ?? labels) != labels
                || text.TrueLabel < 0 || text.TrueLabel >= labels)
            {
                throw new ArgumentException(
                    $"Prediction {i} has {text.Probabilities.Count} probabilities, {text.LogOdds?.Count ?? 0} " +
                    $"log-odds and the label {text.TrueLabel}, but there are {labels} labels.", nameof(predictions));
            }
        }
    }

    private static RocCurve? CurveOf(IReadOnlyList<LabeledPrediction> predictions, int label) =>
        RocCurve.Of([.. predictions.Select(text => (text.LogOddsOf(label), text.TrueLabel == label))]);

    // -ln of the logistic function of the log-odds, which a probability of exactly 0 would make infinite.
    private static double LogLossOf(double logOdds) =>
        Math.Max(-logOdds, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}
