using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity.Tests;

/// <summary>One number for how far two results are apart.</summary>
internal static class Differences
{
    /// <summary>The largest absolute difference in either output; ∞ where a value is NaN.</summary>
    internal static double Largest(ModelOutputs actual, ModelOutputs expected)
    {
        Assert.That(actual.Logits, Has.Length.EqualTo(expected.Logits.Length));
        return Math.Max(Largest(actual.Logits, expected.Logits), Largest(actual.Probabilities, expected.Probabilities));
    }

    private static double Largest(double[] actual, double[] expected) =>
        actual.Zip(expected, (a, e) => double.IsNaN(a - e) ? double.PositiveInfinity : Math.Abs(a - e)).Max();
}
