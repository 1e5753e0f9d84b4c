using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>What a model says about one text. Two are equal when all their numbers are.</summary>
/// <param name="Label">
/// The most probable label. Of two labels that is the second (in the usual files <c>positive</c>) where
/// <paramref name="Probability"/> is at least 0.5, else the first.
/// </param>
/// <param name="Probability">
/// With two labels the probability of the second, whichever won: the file's output <c>probability</c>. With more, that
/// of <paramref name="Label"/>. From 0 to 1.
/// </param>
/// <param name="Logit">
/// The log-odds, in nats, of the label that <paramref name="Probability"/> is of; with two labels the file's output
/// <c>logit</c>.
/// </param>
public readonly record struct SentimentPrediction(string Label, float Probability, float Logit)
{
    /// <summary>
    /// The probability of each label, in the order of the model's labels; together 1 but for rounding.
    /// </summary>
    public IReadOnlyList<float> Probabilities => AllProbabilities ?? [1 - Probability, Probability];

    /// <summary>
    /// The file's output <c>logit</c> as it is: one number, the second label's, with two labels, else one for each
    /// label.
    /// </summary>
    public IReadOnlyList<float> Logits => AllLogits ?? [Logit];

    /// <summary>The position of the label that <see cref="Probability"/> and <see cref="Logit"/> are of.</summary>
    internal int Subject => AllProbabilities is { } all ? LabelScores.ArgMax<float>(all) : 1;

    // A number for each label; null with two labels, of which the public numbers say all, so that nothing is allocated.
    private float[]? AllProbabilities { get; init; }

    private float[]? AllLogits { get; init; }

    /// <summary>
    /// The log-odds of a label in nats, exact where its probability rounds to 0 or 1. Allocates nothing.
    /// </summary>
    /// <param name="label">The label's position among the model's labels.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public float LogOddsOf(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, AllLogits?.Length ?? LabelScores.MinimumLabels);
        return AllLogits is { } all ? (float)LabelScores.LogOddsOf(all, label) : label == 1 ? Logit : -Logit;
    }

    /// <inheritdoc/>
    public bool Equals(SentimentPrediction other) =>
        Label == other.Label && Probability.Equals(other.Probability) && Logit.Equals(other.Logit)
        && AllProbabilities.AsSpan().SequenceEqual(other.AllProbabilities)
        && AllLogits.AsSpan().SequenceEqual(other.AllLogits);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Label, Probability, Logit);

    /// <summary>Makes a prediction of a text's outputs.</summary>
    /// <param name="label">The most probable label.</param>
    /// <param name="logits">A row of <see cref="LabelScores"/>.</param>
    /// <param name="probabilities">A row of <see cref="LabelScores"/>.</param>
    internal static SentimentPrediction Of(string label, ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities)
    {
        if (logits.Length == 1)
        {
            return new SentimentPrediction(label, probabilities[0], logits[0]);
        }

        var winner = LabelScores.ArgMax(probabilities);
        return new SentimentPrediction(label, probabilities[winner], (float)LabelScores.LogOddsOf(logits, winner))
        {
            AllProbabilities = probabilities.ToArray(),
            AllLogits = logits.ToArray(),
        };
    }
}
