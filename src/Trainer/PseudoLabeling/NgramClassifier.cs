namespace OnnxSentiment.Trainer;

/// <summary>
/// A linear classifier over n-grams whose features are weighted by naive Bayes' log-count ratios (NB-SVM: Wang and
/// Manning, ACL 2012). It sees no order beyond a few words and is wrong in other places than a recurrent network is.
/// </summary>
internal sealed class NgramClassifier
{
    private const double Smoothing = 1;          // added to the count of each feature in each class
    private const double Cost = 1;               // of the support vector machine
    private const double Interpolation = 0.25;   // between a naive Bayes classifier, 0, and a support vector machine, 1

    private readonly NgramFeatures _features;
    private readonly (float[] Weights, float Bias)[] _outputs;

    private NgramClassifier(NgramFeatures features, (float[] Weights, float Bias)[] outputs) =>
        (_features, _outputs) = (features, outputs);

    /// <summary>Fits one classifier for each component of the targets, its class against all others.</summary>
    /// <param name="texts">The ids of each text.</param>
    /// <param name="targets">For each text and output 1 or 0; more than a half counts as 1.</param>
    /// <param name="order">Tokens of the longest n-gram.</param>
    /// <param name="seed">Of the order in which texts are visited.</param>
    /// <param name="cancellation">Ends it within a pass over the texts.</param>
    internal static NgramClassifier Fit(
        IReadOnlyList<int[]> texts, IReadOnlyList<float[]> targets, int order, int seed,
        CancellationToken cancellation = default)
    {
        var features = new NgramFeatures(texts, order);
        int[][] examples = [.. texts.AsParallel().AsOrdered().WithCancellation(cancellation).Select(features.Of)];
        var outputs = Enumerable.Range(0, targets[0].Length).AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(output =>
            FitOne(examples, [.. targets.Select(target => target[output] > 0.5f)], features.Count, seed, cancellation));
        return new NgramClassifier(features, [.. outputs]);
    }

    /// <summary>
    /// For each text a number for each output: the larger, the surer; not a logit, but in proportion to one.
    /// </summary>
    internal float[][] Score(IReadOnlyList<int[]> texts, CancellationToken cancellation = default) =>
        [.. texts.AsParallel().AsOrdered().WithCancellation(cancellation).Select(Score)];

    private float[] Score(int[] text)
    {
        var features = _features.Of(text);
        return Array.ConvertAll(_outputs, output => output.Bias + features.Sum(feature => output.Weights[feature]));
    }

    private static (float[] Weights, float Bias) FitOne(
        int[][] examples, bool[] isPositive, int featureCount, int seed, CancellationToken cancellation)
    {
        var ratios = LogCountRatios(examples, isPositive, featureCount);
        var (weights, bias) = LinearSvm.Fit(examples, isPositive, ratios, Cost, seed, cancellation);
        var mean = weights.Select(Math.Abs).DefaultIfEmpty().Average();
        for (var feature = 0; feature < weights.Length; feature++)
        {
            weights[feature] =
                (float)(((1 - Interpolation) * mean) + (Interpolation * weights[feature])) * ratios[feature];
        }

        return (weights, (float)Interpolation * bias);
    }

    private static float[] LogCountRatios(int[][] examples, bool[] isPositive, int featureCount)
    {
        var (positive, negative) = (new double[featureCount], new double[featureCount]);
        Array.Fill(positive, Smoothing);
        Array.Fill(negative, Smoothing);
        for (var i = 0; i < examples.Length; i++)
        {
            var counts = isPositive[i] ? positive : negative;
            foreach (var feature in examples[i])
            {
                counts[feature]++;
            }
        }

        var bias = Math.Log(positive.Sum() / negative.Sum());
        return [.. positive.Zip(negative, (p, n) => (float)(Math.Log(p / n) - bias))];
    }
}
