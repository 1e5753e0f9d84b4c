namespace OnnxSentiment.Evaluation.Tests;

public class ConfusionMatrixTests
{
    private const double Rounding = 1e-12;

    // Of label 0: two right, one taken for 1. Of 1: one right, one taken for 2. Of 2: one right.
    private static readonly ConfusionMatrix Three =
        ConfusionMatrix.Of([(0, 0), (0, 0), (0, 1), (1, 1), (1, 2), (2, 2)], labels: 3);

    [Test]
    public void Of_Pairs_CountsThem()
    {
        Assert.That(Three.Count, Is.EqualTo(6));
        Assert.That(Three.Correct, Is.EqualTo(4));
        Assert.That(Three.Row(0), Is.EqualTo(new[] { 2, 1, 0 }));
        Assert.That(Three[1, 2], Is.EqualTo(1));
    }

    // Computed by hand: 2/2, 2/3 and their harmonic mean, and so on.
    [TestCase(0, 1, 2.0 / 3, 0.8, 3)]
    [TestCase(1, 0.5, 0.5, 0.5, 2)]
    [TestCase(2, 0.5, 1, 2.0 / 3, 1)]
    public void MetricsOf_Label_ByHand(int label, double precision, double recall, double f1, int count) =>
        AssertEqual(Three.MetricsOf(label), precision, recall, f1, count);

    [Test]
    public void MacroAndWeighted_ThreeLabels_ByHand()
    {
        AssertEqual(Three.Macro, 2.0 / 3, 13.0 / 18, (0.8 + 0.5 + (2.0 / 3)) / 3, 6);
        AssertEqual(Three.Weighted, 0.75, 4.0 / 6, (2.4 + 1 + (2.0 / 3)) / 6, 6);
    }

    [Test]
    public void MetricsOf_LabelNeverPredicted_AreZero() =>
        AssertEqual(ConfusionMatrix.Of([(0, 0), (1, 0)], labels: 2).MetricsOf(1), 0, 0, 0, 1);

    [Test]
    public void Macro_LabelThatIsOnlyPredicted_Counts()
    {
        var matrix = ConfusionMatrix.Of([(0, 0), (0, 2)], 3);

        // Label 0: precision 1, recall 1/2, F1 2/3. Label 2 has no text and a wrong prediction; label 1 does not occur.
        AssertEqual(matrix.Macro, 1.0 / 2, 1.0 / 4, 1.0 / 3, 2);
    }

    [Test]
    public void Macro_LabelThatNeverOccurs_DoesNotCount()
    {
        var matrix = ConfusionMatrix.Of([(0, 0), (0, 0)], labels: 3);
        AssertEqual(matrix.MetricsOf(2), 0, 0, 0, 0);
        AssertEqual(matrix.Macro, 1, 1, 1, 2);
    }

    private static void AssertEqual(LabelMetrics metrics, double precision, double recall, double f1, int count)
    {
        Assert.That(metrics.Precision, Is.EqualTo(precision).Within(Rounding));
        Assert.That(metrics.Recall, Is.EqualTo(recall).Within(Rounding));
        Assert.That(metrics.F1, Is.EqualTo(f1).Within(Rounding));
        Assert.That(metrics.Count, Is.EqualTo(count));
    }
}
