using OnnxSentiment.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Trainer;

/// <summary>
/// What training minimises, and what counts as right. Outputs and targets are as <see cref="LabelScores"/> and
/// <see cref="EncodedTexts"/> describe them: one output is a log-odds, more are the logits of softmax.
/// </summary>
internal static class ClassificationLoss
{
    // Kept: TorchSharp does not hold on to a number that it converts while libtorch still needs it.
    private static readonly Scalar Zero = 0, Half = 0.5;

    /// <summary>The mean cross-entropy of a batch in nats, to back-propagate.</summary>
    /// <param name="logits"><c>[batch, outputs]</c></param>
    /// <param name="targets">Probabilities, <c>[batch, outputs]</c>.</param>
    internal static Tensor Mean(Tensor logits, Tensor targets) => logits.shape[^1] == 1
        ? binary_cross_entropy_with_logits(logits, targets)
        : (targets * log_softmax(logits, -1)).sum(-1).mean().neg();

    /// <summary>The texts of a batch whose most probable label is their target's.</summary>
    internal static int CountRight(Tensor logits, Tensor targets)
    {
        var isRight = logits.shape[^1] == 1
            ? logits.ge(Zero).eq(targets.ge(Half))
            : logits.argmax(-1).eq(targets.argmax(-1));
        return (int)isRight.sum().item<long>();
    }

    /// <summary>The cross-entropy of one text in nats, written so that it cannot overflow.</summary>
    /// <param name="logits">A row of logits.</param>
    /// <param name="target">A row of probabilities.</param>
    internal static double Of(ReadOnlySpan<float> logits, ReadOnlySpan<float> target)
    {
        var loss = 0.0;
        for (var label = 0; label < Math.Max(logits.Length, LabelScores.MinimumLabels); label++)
        {
            // Labels that a hard target leaves out may have a probability of 0, whose logarithm is infinite.
            var share = LabelScores.ProbabilityOf(target, label);
            loss += share == 0 ? 0 : share * -LogProbability(LabelScores.LogOddsOf(logits, label));
        }

        return loss;
    }

    /// <summary>
    /// The mean cross-entropy of texts in nats, and the share whose most probable label is their target's.
    /// </summary>
    /// <param name="logits">A row for each text.</param>
    /// <param name="targets">A row of probabilities for each text.</param>
    internal static (double Loss, double Accuracy) Measure(
        IReadOnlyList<float[]> logits, IReadOnlyList<float[]> targets) => (
        logits.Zip(targets, (row, target) => Of(row, target)).Average(),
        logits.Zip(targets, (row, target) => IsRight(row, target) ? 1.0 : 0.0).Average());

    /// <summary>Whether the most probable label of one text is its target's.</summary>
    internal static bool IsRight(ReadOnlySpan<float> logits, ReadOnlySpan<float> target) =>
        WinnerOf(logits) == LabelScores.ArgMax(target);

    private static double LogProbability(double logOdds) =>
        Math.Min(logOdds, 0) - Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));

    // The logistic function and softmax keep the order; the first turns 0 into one half.
    private static int WinnerOf(ReadOnlySpan<float> logits) =>
        logits.Length == 1 ? (logits[0] >= 0 ? 1 : 0) : LabelScores.ArgMax(logits);
}
