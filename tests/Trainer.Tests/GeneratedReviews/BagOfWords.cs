using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// Logistic regression on word counts, which sees every word and no order: the yardstick that a recurrent model has to
/// beat. Fitted by full-batch gradient descent with Nesterov's momentum on the mean cross-entropy with a small penalty.
/// </summary>
internal sealed class BagOfWords
{
    private const double Penalty = 1e-4;
    private const double Rate = 0.15;

    private readonly Tokenizer _tokenizer = new(TokenizerKind.Keras);
    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private readonly string _positive;
    private double[] _weights;

    private BagOfWords(IReadOnlyList<LabeledText> train, string positive)
    {
        _positive = positive;
        foreach (var word in train.SelectMany(text => _tokenizer.Tokenize(text.Text)))
        {
            _features.TryAdd(word, _features.Count + 1);
        }

        _weights = new double[_features.Count + 1];
    }

    /// <summary>
    /// The largest component of the gradient where the fitting stopped: near zero when it has converged.
    /// </summary>
    public double GradientNorm { get; private set; }

    public static BagOfWords Train(IReadOnlyList<LabeledText> train, string positive, int steps = 2000)
    {
        var model = new BagOfWords(train, positive);
        model.Fit(train, steps);
        return model;
    }

    public double Accuracy(IReadOnlyList<LabeledText> texts) =>
        texts.Average(text => Score(_weights, FeaturesOf(text)) > 0 == (text.Label == _positive) ? 1.0 : 0.0);

    private void Fit(IReadOnlyList<LabeledText> train, int steps)
    {
        var features = train.Select(FeaturesOf).ToArray();
        var targets = train.Select(text => text.Label == _positive ? 1.0 : 0.0).ToArray();
        var previous = _weights;
        for (var step = 0; step < steps; step++)
        {
            var momentum = step / (step + 3.0);
            var ahead = _weights.Zip(previous, (now, before) => now + (momentum * (now - before))).ToArray();
            var gradient = Gradient(ahead, features, targets);
            (previous, _weights) = (_weights, [.. ahead.Zip(gradient, (weight, slope) => weight - (Rate * slope))]);
            GradientNorm = gradient.Max(Math.Abs);
        }
    }

    private static double[] Gradient(double[] weights, int[][] features, double[] targets)
    {
        var gradient = weights.Select(weight => Penalty * weight).ToArray();
        for (var i = 0; i < features.Length; i++)
        {
            var error = (1 / (1 + Math.Exp(-Score(weights, features[i])))) - targets[i];
            foreach (var feature in features[i])
            {
                gradient[feature] += error / features.Length;
            }
        }

        return gradient;
    }

    private static double Score(double[] weights, int[] features) => features.Sum(feature => weights[feature]);

    // Feature 0 is the bias; words that the train texts do not have count nothing.
    private int[] FeaturesOf(LabeledText text) =>
        [0, .. _tokenizer.Tokenize(text.Text).Select(word => _features.GetValueOrDefault(word))
            .Where(feature => feature > 0)];
}
