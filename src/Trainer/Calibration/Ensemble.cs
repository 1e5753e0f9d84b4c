using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Adds the scores of several classifiers, each with a weight of its own, to logits; the weights are those under which
/// the validation texts' labels are the most probable (stacking: Wolpert, 1992). So it also calibrates: a classifier
/// whose scores are too sure, or are no logits at all, gets a small weight.
/// </summary>
internal sealed class Ensemble
{
    private const int Sweeps = 8;
    private const double SmallestWeight = 1e-3, LargestWeight = 1e2;

    private readonly double[] _weights;

    private Ensemble(double[] weights) => _weights = weights;

    /// <summary>What each classifier's scores are multiplied by.</summary>
    internal IReadOnlyList<double> Weights => _weights;

    /// <summary>Finds the weights, one after the other, several times over.</summary>
    /// <param name="scores">For each classifier, text and output a number: the larger, the surer.</param>
    /// <param name="targets">The right answer for each text.</param>
    internal static Ensemble Fit(IReadOnlyList<float[][]> scores, IReadOnlyList<float[]> targets)
    {
        var ensemble = new Ensemble([.. scores.Select(_ => 1.0 / scores.Count)]);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var classifier = 0; classifier < scores.Count; classifier++)
            {
                ensemble.Improve(classifier, scores, targets);
            }
        }

        return ensemble;
    }

    /// <summary>
    /// The mean cross-entropy, in nats, and the share of texts whose most probable label is the right one.
    /// </summary>
    internal (double Loss, double Accuracy) Measure(IReadOnlyList<float[][]> scores, IReadOnlyList<float[]> targets) =>
        ClassificationLoss.Measure(Logits(scores), targets);

    /// <summary>The probabilities of each text's labels, in the form of targets.</summary>
    internal float[][] SoftLabels(IReadOnlyList<float[][]> scores) => Array.ConvertAll(Logits(scores), Probabilities);

    private static float[] Probabilities(float[] logits)
    {
        var probabilities = new double[logits.Length];
        LabelScores.ToProbabilities(Array.ConvertAll(logits, logit => (double)logit), probabilities);
        return Array.ConvertAll(probabilities, probability => (float)probability);
    }

    private float[][] Logits(IReadOnlyList<float[][]> scores) =>
        [.. Enumerable.Range(0, scores[0].Length).Select(text => Enumerable.Range(0, scores[0][text].Length)
            .Select(output => (float)scores.Select((s, c) => _weights[c] * s[text][output]).Sum()).ToArray())];

    // Golden-section search on the weight's logarithm; the loss is convex in each weight, so it has one valley.
    private void Improve(int classifier, IReadOnlyList<float[][]> scores, IReadOnlyList<float[]> targets)
    {
        const double Golden = 0.6180339887498949, Precision = 1e-3;
        double LossAt(double logWeight)
        {
            _weights[classifier] = Math.Exp(logWeight);
            return Measure(scores, targets).Loss;
        }

        var (low, high) = (Math.Log(SmallestWeight), Math.Log(LargestWeight));
        while (high - low > Precision)
        {
            var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
            (low, high) = LossAt(left) < LossAt(right) ? (low, right) : (left, high);
        }

        _weights[classifier] = Math.Exp((low + high) / 2);
    }
}
