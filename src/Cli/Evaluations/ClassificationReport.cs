using OnnxSentiment.Runtime;

namespace OnnxSentiment.Cli;

/// <summary>How right a model is on labelled texts.</summary>
internal sealed record ClassificationReport
{
    /// <summary>The labels by position.</summary>
    internal required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Which label was predicted as which.</summary>
    internal required ConfusionMatrix Confusion { get; init; }

    /// <summary>Mean of -ln(probability given to the true label), in nats.</summary>
    internal required double LogLoss { get; init; }

    /// <summary>Whether predictions are right as often as they say.</summary>
    internal required Calibration Calibration { get; init; }

    /// <summary>The curve of the second of two labels, or of each label against the rest; null where one cannot be drawn.</summary>
    internal required IReadOnlyList<(string Label, RocCurve? Curve)> Roc { get; init; }

    /// <summary>Speed, tokenising included, reading not.</summary>
    internal required double TextsPerSecond { get; init; }

    /// <summary>The accuracy of parts of the texts, grouping by grouping.</summary>
    internal IReadOnlyList<(string Name, IReadOnlyList<GroupFigures> Groups)> Groups { get; init; } = [];

    /// <summary>Texts.</summary>
    internal int Count => Confusion.Count;

    /// <summary>Share of the texts whose label was predicted.</summary>
    internal double Accuracy => (double)Confusion.Right / Count;

    /// <summary>
    /// The mean area under the curves of <see cref="Roc"/> (with more than two labels: one against the rest, each label weighing
    /// the same); null without a curve.
    /// </summary>
    internal double? RocAuc => Roc.Average(label => label.Curve?.Area);

    /// <summary>Measures predictions.</summary>
    /// <param name="predictions">A prediction a text.</param>
    /// <param name="truths">The label that each text has.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="elapsed">The time that the predictions took.</param>
    internal static ClassificationReport Of(
        IReadOnlyList<SentimentPrediction> predictions, IReadOnlyList<string> truths, IReadOnlyList<string> labels, TimeSpan elapsed)
    {
        var positions = labels.Index().ToDictionary(label => label.Item, label => label.Index, StringComparer.Ordinal);
        var texts = predictions.Zip(truths, (prediction, truth) =>
            (Prediction: prediction, Truth: positions[truth], Predicted: positions[prediction.Label])).ToList();
        return new ClassificationReport
        {
            Labels = labels,
            Confusion = ConfusionMatrix.Of(texts.Select(text => (text.Truth, text.Predicted)), labels.Count),
            LogLoss = texts.Average(text => LogLossOf(text.Prediction.LogOddsOf(text.Truth))),
            Calibration = Calibration.Of([.. texts.Select(text =>
                ((double)text.Prediction.Probabilities[text.Predicted], text.Predicted == text.Truth))]),
            Roc = [.. Enumerable.Range(0, labels.Count).Skip(labels.Count == 2 ? 1 : 0).Select(label =>
                (labels[label], RocCurve.Of([.. texts.Select(text => ((double)text.Prediction.LogOddsOf(label), text.Truth == label))])))],
            TextsPerSecond = predictions.Count / elapsed.TotalSeconds,
        };
    }

    // -ln of the logistic function of the log-odds, which a probability of exactly 0 would make infinite.
    private static double LogLossOf(double logOdds) => Math.Max(-logOdds, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}
