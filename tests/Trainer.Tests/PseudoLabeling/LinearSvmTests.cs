namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// The support vector machine against minima of its loss, ½‖w‖² + ½b² + C·Σ max(0, 1 - y·s)², worked out by hand.
/// </summary>
public class LinearSvmTests
{
    private const double Tolerance = 1e-3;

    // One positive example with the feature, one negative without: with s the positive one's score, w = 2·x·(1 - s) and
    // 3b + 2 = 2·(1 - s).
    [TestCase(1f, 10.0 / 11, -4.0 / 11)]
    [TestCase(2f, 40.0 / 58, -32.0 / 58)]
    public void Fit_TwoExamples_IsTheMinimum(float value, double weight, double bias)
    {
        var fitted = LinearSvm.Fit([[0], []], [true, false], [value], cost: 1, seed: 1);
        Assert.That(fitted.Weights, Is.EqualTo(new[] { weight }).Within(Tolerance));
        Assert.That(fitted.Bias, Is.EqualTo(bias).Within(Tolerance));
    }

    // Nothing but the bias: b·(1 + 2C·100) = 2C·(80 - 20).
    [TestCase(1.0, 120.0 / 201)]
    [TestCase(0.01, 1.2 / 3)]
    public void Fit_UnbalancedExamplesWithoutFeatures_HasTheBiasOfTheirShares(double cost, double bias)
    {
        var fitted = LinearSvm.Fit(
            [.. Enumerable.Repeat(Array.Empty<int>(), 100)], [.. Enumerable.Range(0, 100).Select(i => i < 80)], [],
            cost, seed: 1);
        Assert.That(fitted.Bias, Is.EqualTo(bias).Within(0.01));
    }
}
