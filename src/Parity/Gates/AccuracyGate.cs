using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>
/// What a smaller precision costs on labeled texts: the file in single precision and the smaller one, both in ONNX
/// Runtime on the CPU. Immutable.
/// </summary>
public sealed class AccuracyGate
{
    /// <summary>The percentage points of accuracy that may be lost unless the caller says otherwise.</summary>
    public const double DefaultMaximumDrop = 0.2;

    private const double LargestDrop = 100;
    private const int TextsBetweenCancellations = 2048;

    private readonly IReadOnlyList<string> _texts;
    private readonly IReadOnlyList<string> _labels;
    private readonly double _maximumDrop;
    private readonly bool _requireProof;

    /// <summary>Takes the texts to measure on.</summary>
    /// <param name="texts">At least one text.</param>
    /// <param name="labels">The true label of each text, as the model names it.</param>
    /// <param name="maximumDrop">The percentage points of accuracy that may be lost, 0 to 100.</param>
    /// <param name="requireProof">
    /// Whether the texts have to prove, at 95 % confidence, that no more is lost; without, only a loss that is
    /// statistically significant is refused.
    /// </param>
    /// <exception cref="ArgumentException">There is no text, or not a label for each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The drop is out of its range.</exception>
    public AccuracyGate(
        IReadOnlyList<string> texts, IReadOnlyList<string> labels, double maximumDrop = DefaultMaximumDrop,
        bool requireProof = false)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDrop);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDrop, LargestDrop);
        if (texts.Count == 0 || texts.Count != labels.Count)
        {
            throw new ArgumentException(
                $"There are {texts.Count} texts and {labels.Count} labels, " +
                "but a label for each of at least one text was expected.",
                nameof(labels));
        }

        (_texts, _labels, _maximumDrop, _requireProof) = (texts, labels, maximumDrop, requireProof);
    }

    /// <summary>Measures both files.</summary>
    /// <param name="single">The bytes of the file in single precision.</param>
    /// <param name="smaller">The bytes of the smaller file.</param>
    /// <param name="cancellation">Ends the measurement between two parts of the texts.</param>
    /// <exception cref="InvalidInputException">A file cannot be used, or does not know a label.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public AccuracyReport Measure(byte[] single, byte[] smaller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(single);
        ArgumentNullException.ThrowIfNull(smaller);
        var (before, expected) = MeasureOne(single, cancellation);
        var (after, actual) = MeasureOne(smaller, cancellation);
        var pairs = actual.Zip(expected).ToList();
        var isRight = expected.Zip(_labels, (text, label) => text.Label == label);
        var isStillRight = actual.Zip(_labels, (text, label) => text.Label == label);
        return new()
        {
            Single = before,
            Smaller = after,
            MaximumDrop = _maximumDrop,
            RequireProof = _requireProof,
            Worse = isRight.Zip(isStillRight).Count(text => text.First && !text.Second),
            LabelFlips = pairs.Count(pair => pair.First.Label != pair.Second.Label),
            LargestLogitDifference = pairs.Max(pair => Largest(pair, (text, label) => text.LogOddsOf(label))),
            LargestProbabilityDifference = pairs.Max(pair => Largest(pair, (text, label) => text.Probabilities[label])),
        };
    }

    private static double Largest(
        (SentimentPrediction A, SentimentPrediction B) pair, Func<SentimentPrediction, int, double> of) =>
        Enumerable.Range(0, pair.A.Probabilities.Count).Max(label => Math.Abs(of(pair.A, label) - of(pair.B, label)));

    private (FileAccuracy Accuracy, List<SentimentPrediction> Predictions) MeasureOne(
        byte[] file, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(file);
        using var model = SentimentModel.Load(stream, new SentimentModelOptions { Device = Device.Cpu });
        var truths = _labels.Select(label => PositionOf(label, model.Labels)).ToList();
        var start = Stopwatch.GetTimestamp();
        var predictions = new List<SentimentPrediction>(_texts.Count);
        foreach (var chunk in _texts.Chunk(TextsBetweenCancellations))
        {
            cancellation.ThrowIfCancellationRequested();
            predictions.AddRange(model.Predict(chunk));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        return (new()
        {
            Precision = model.Metadata.Precision,
            Bytes = file.Length,
            Texts = predictions.Count,
            Correct = predictions.Zip(_labels).Count(pair => pair.First.Label == pair.Second),
            LogLoss = predictions.Zip(truths, (prediction, truth) => LogLossOf(prediction.LogOddsOf(truth))).Average(),
            TextsPerSecond = predictions.Count / elapsed.TotalSeconds,
        }, predictions);
    }

    private static int PositionOf(string label, IReadOnlyList<string> labels)
    {
        var position = labels.Index().FirstOrDefault(known => known.Item == label, (Index: -1, Item: "")).Index;
        return position >= 0
            ? position
            : throw new InvalidInputException(
                $"A text has the label '{label}', but the model knows {string.Join(", ", labels)}.");
    }

    // -ln of the logistic function of the log-odds, which a probability of exactly 0 would make infinite.
    private static double LogLossOf(double logOdds) =>
        Math.Max(-logOdds, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}
