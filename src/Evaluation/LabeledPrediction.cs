using OnnxSentiment.Core;

namespace OnnxSentiment.Evaluation;

/// <summary>What a classifier says of one text, and the label that the text has. Immutable and thread-safe.</summary>
/// <param name="Probabilities">
/// The probability of each label, in the order of the labels; at least two. A list of the caller's, which is not
/// copied.
/// </param>
/// <param name="TrueLabel">The position of the text's own label, from 0.</param>
public sealed record LabeledPrediction(IReadOnlyList<float> Probabilities, int TrueLabel)
{
    // As scikit-learn's log_loss clips single-precision probabilities: the distance from 1 to the next larger number.
    private const double Epsilon = 1.0 / (1 << 23);

    /// <summary>
    /// The log-odds of each label, ln(p / (1 - p)) in nats, where the classifier knows them: they stay exact where a
    /// probability rounds to 0 or 1. Null to compute them from the probabilities, clipped to 2^-23 from 0 and 1.
    /// </summary>
    public IReadOnlyList<float>? LogOdds { get; init; }

    /// <summary>The name of the text, for instance <c>test/pos/123_9.txt</c>; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The length of the whole text in tokens; 0 where nobody counted them.</summary>
    public int TokenCount { get; init; }

    /// <summary>
    /// The position of the most probable label. Of equal probabilities, the second of two labels wins, and the first
    /// of more.
    /// </summary>
    public int PredictedLabel => LabelScores.ArgMax<float>(
        Probabilities.Count == LabelScores.MinimumLabels ? [Probabilities[1]] : [.. Probabilities]);

    /// <summary>Whether the most probable label is the text's own.</summary>
    public bool IsCorrect => PredictedLabel == TrueLabel;

    /// <summary>The log-odds of a label, given or computed.</summary>
    internal double LogOddsOf(int label)
    {
        if (LogOdds is not null)
        {
            return LogOdds[label];
        }

        var probability = Math.Clamp(Probabilities[label], Epsilon, 1 - Epsilon);
        return Math.Log(probability / (1 - probability));
    }
}
