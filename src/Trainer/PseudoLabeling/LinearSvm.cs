namespace OnnxSentiment.Trainer;

/// <summary>
/// A linear support vector machine with squared hinge loss and L2 regularisation, fitted by dual coordinate descent
/// (Hsieh et al., ICML 2008). Its examples are sets of features, each with a value of its own in every example that has
/// it.
/// </summary>
internal static class LinearSvm
{
    private const int Passes = 20;

    /// <summary>Fits the weights.</summary>
    /// <param name="examples">The features of each example.</param>
    /// <param name="isPositive">The class of each example.</param>
    /// <param name="values">The value of each feature.</param>
    /// <param name="cost">What an example on the wrong side costs, against the weights' squared norm.</param>
    /// <param name="seed">Of the order in which examples are visited.</param>
    /// <param name="cancellation">Ends it within a pass over the examples.</param>
    /// <returns>The weight of each feature and the bias.</returns>
    internal static (float[] Weights, float Bias) Fit(
        IReadOnlyList<int[]> examples, IReadOnlyList<bool> isPositive, float[] values, double cost, int seed,
        CancellationToken cancellation = default)
    {
        var random = new Random(seed);
        var weights = new float[values.Length];
        var bias = 0f;
        var multipliers = new double[examples.Count];
        var diagonal = 1 / (2 * cost);
        var curvatures =
            examples.Select(example => 1 + diagonal + example.Sum(f => (double)values[f] * values[f])).ToArray();
        var order = Enumerable.Range(0, examples.Count).ToArray();
        for (var pass = 0; pass < Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            foreach (var i in order)
            {
                var sign = isPositive[i] ? 1 : -1;
                var gradient = (sign * Score(examples[i], values, weights, bias)) - 1 + (diagonal * multipliers[i]);
                var multiplier = Math.Max(0, multipliers[i] - (gradient / curvatures[i]));
                var step = (float)((multiplier - multipliers[i]) * sign);
                multipliers[i] = multiplier;
                bias += step;
                AddTo(weights, step, examples[i], values);
            }
        }

        return (weights, bias);
    }

    private static double Score(int[] example, float[] values, float[] weights, float bias)
    {
        var sum = (double)bias;
        foreach (var feature in example)
        {
            sum += weights[feature] * values[feature];
        }

        return sum;
    }

    private static void AddTo(float[] weights, float step, int[] example, float[] values)
    {
        if (step == 0)
        {
            return;
        }

        foreach (var feature in example)
        {
            weights[feature] += step * values[feature];
        }
    }
}
