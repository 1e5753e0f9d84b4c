namespace OnnxSentiment.Trainer.Tests;

public class EnsembleTests
{
    private const int Count = 4_000;

    // Scores that are a tenth and thrice of a true logit: the weights have to undo that.
    [TestCase(0.1)]
    [TestCase(3.0)]
    public void Fit_OneClassifierWithScaledScores_FindsTheScale(double scale)
    {
        var random = new Random(1);
        var logits = Enumerable.Range(0, Count).Select(_ => 4 * (random.NextDouble() - 0.5)).ToArray();
        float[][] targets = [.. logits.Select(logit => (float[])[random.NextDouble() < Sigmoid(logit) ? 1 : 0])];
        float[][] scores = [.. logits.Select(logit => (float[])[(float)(scale * logit)])];
        var labels = Ensemble.Fit([scores], targets).SoftLabels([scores]);
        Assert.That(labels.Zip(logits, (label, logit) => Math.Abs(label[0] - Sigmoid(logit))).Max(), Is.LessThan(0.05));
    }

    [Test]
    public void Fit_TwoClassifiersWithErrorsOfTheirOwn_AreBetterTogether()
    {
        var random = new Random(2);
        float[][] targets = [.. Enumerable.Range(0, Count).Select(i => (float[])[i % 2])];
        float[][] Scores() =>
            [.. targets.Select(target => (float[])[(float)(target[0] - 0.5 + (2 * (random.NextDouble() - 0.5)))])];
        IReadOnlyList<float[][]> scores = [Scores(), Scores()];
        var alone = Ensemble.Fit([scores[0]], targets).Measure([scores[0]], targets);
        var together = Ensemble.Fit(scores, targets).Measure(scores, targets);
        Assert.That(together.Accuracy, Is.GreaterThan(alone.Accuracy + 0.03));
        Assert.That(together.Loss, Is.LessThan(alone.Loss - 0.03));
    }

    [Test]
    public void Fit_ClassifierThatKnowsNothing_IsIgnored()
    {
        var random = new Random(3);
        float[][] targets = [.. Enumerable.Range(0, Count).Select(i => (float[])[i % 2])];
        float[][] good =
            [.. targets.Select(target => (float[])[target[0] - 0.5f + (float)(random.NextDouble() - 0.5)])];
        float[][] noise = [.. targets.Select(_ => (float[])[(float)(random.NextDouble() - 0.5)])];
        Assert.That(
            Ensemble.Fit([good, noise], targets).Measure([good, noise], targets).Loss,
            Is.EqualTo(Ensemble.Fit([good], targets).Measure([good], targets).Loss).Within(0.002));
    }

    [Test]
    public void Measure_OfLogitsByHand_IsCrossEntropyAndShareOfRightOnes()
    {
        var (loss, accuracy) = ClassificationLoss.Measure([[0f], [2f]], [[1f], [0f]]);
        Assert.That(loss, Is.EqualTo((Math.Log(2) + Math.Log(1 + Math.Exp(2))) / 2).Within(1e-12));
        Assert.That(accuracy, Is.EqualTo(0.5));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
