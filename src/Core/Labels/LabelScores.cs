using System.Numerics;

namespace OnnxSentiment.Core;

/// <summary>
/// What a classifier's outputs say of its labels: the one place where two labels differ from more. Two labels share one
/// output, the log-odds of the second, which the logistic function turns into its probability; more labels have an
/// output each, which softmax turns into probabilities. A <i>row</i> is the outputs of one text. Thread-safe; allocates
/// nothing.
/// </summary>
public static class LabelScores
{
    /// <summary>The labels that a classifier has at least.</summary>
    public const int MinimumLabels = 2;

    /// <summary>The labels that a classifier has at most; a column with more values is rarely one of labels.</summary>
    public const int MaximumLabels = 1_000;

    private const double Half = 0.5;

    /// <summary>The outputs of a classifier of so many labels, which are the rows of its last matrix.</summary>
    public static int LogitCount(int labels) => labels == 2 ? 1 : labels;

    /// <summary>
    /// The position of the most probable label. Of equal probabilities, the second of two labels wins, and the first of
    /// more.
    /// </summary>
    /// <param name="probabilities">A row of probabilities.</param>
    public static int ArgMax<T>(ReadOnlySpan<T> probabilities)
        where T : INumber<T>
    {
        if (probabilities.Length == 1)
        {
            return probabilities[0] >= T.CreateChecked(Half) ? 1 : 0;
        }

        var winner = 0;
        for (var label = 1; label < probabilities.Length; label++)
        {
            winner = probabilities[label] > probabilities[winner] ? label : winner;
        }

        return winner;
    }

    /// <summary>The probability of a label.</summary>
    /// <param name="probabilities">A row of probabilities.</param>
    /// <param name="label">The label's position.</param>
    public static T ProbabilityOf<T>(ReadOnlySpan<T> probabilities, int label)
        where T : INumber<T> =>
        probabilities.Length > 1 ? probabilities[label] : label == 1 ? probabilities[0] : T.One - probabilities[0];

    /// <summary>
    /// The log-odds of a label, ln(p / (1 - p)) in nats, from the logits, so that they stay exact where p rounds to 0
    /// or 1. With an output a label that is the label's logit less the logarithm of the summed exponentials of all
    /// others.
    /// </summary>
    /// <param name="logits">A row of logits.</param>
    /// <param name="label">The label's position.</param>
    public static double LogOddsOf(ReadOnlySpan<float> logits, int label)
    {
        if (logits.Length == 1)
        {
            return label == 1 ? logits[0] : -logits[0];
        }

        return logits[label] - LogSumExp(logits, except: label);
    }

    /// <summary>Turns logits into probabilities.</summary>
    /// <param name="logits">A row of logits.</param>
    /// <param name="probabilities">Receives the row of probabilities; as long as the logits.</param>
    public static void ToProbabilities(ReadOnlySpan<double> logits, Span<double> probabilities)
    {
        if (logits.Length == 1)
        {
            probabilities[0] = 1 / (1 + Math.Exp(-logits[0]));
            return;
        }

        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        for (var label = 0; label < logits.Length; label++)
        {
            probabilities[label] = Math.Exp(logits[label] - largest);
            sum += probabilities[label];
        }

        foreach (ref var probability in probabilities[..logits.Length])
        {
            probability /= sum;
        }
    }

    private static double LogSumExp(ReadOnlySpan<float> logits, int except)
    {
        var largest = double.NegativeInfinity;
        for (var label = 0; label < logits.Length; label++)
        {
            largest = label == except ? largest : Math.Max(largest, logits[label]);
        }

        var sum = 0.0;
        for (var label = 0; label < logits.Length; label++)
        {
            sum += label == except ? 0 : Math.Exp(logits[label] - largest);
        }

        return largest + Math.Log(sum);
    }
}
