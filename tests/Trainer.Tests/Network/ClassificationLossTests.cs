using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>
/// Both forms of the loss, on tensors and on one text, against the definition: minus the sum over the labels of the
/// target's probability times the logarithm of the computed one.
/// </summary>
public class ClassificationLossTests
{
    private const double Tolerance = 1e-6;

    private static readonly (string Name, float[][] Logits, float[][] Targets)[] Cases =
    [
        ("two labels, certain", [[0.3f], [-2], [1.5f]], [[1], [1], [0]]),
        ("two labels, soft", [[0.3f], [-2], [1.5f]], [[0.8f], [0.25f], [0.5f]]),
        ("three labels, certain", [[0.3f, -1, 2], [1, 1.5f, -0.5f]], [[0, 0, 1], [1, 0, 0]]),
        ("three labels, soft", [[0.3f, -1, 2], [1, 1.5f, -0.5f]], [[0.2f, 0.1f, 0.7f], [0.5f, 0.5f, 0]]),
    ];

    private static IEnumerable<TestCaseData> AllCases() =>
        Cases.Select(c => new TestCaseData(c.Logits, c.Targets).SetArgDisplayNames(c.Name));

    [TestCaseSource(nameof(AllCases))]
    public void MeanAndOf_Batch_CrossEntropy(float[][] logits, float[][] targets)
    {
        using var scope = NewDisposeScope();
        var expected = logits.Zip(targets, (z, t) => Definition(z, t)).Average();
        Assert.That(ClassificationLoss.Mean(ToTensor(logits), ToTensor(targets)).item<float>(),
            Is.EqualTo(expected).Within(Tolerance));
        Assert.That(logits.Zip(targets, (z, t) => ClassificationLoss.Of(z, t)).Average(),
            Is.EqualTo(expected).Within(Tolerance));
    }

    [TestCaseSource(nameof(AllCases))]
    public void CountRight_Batch_AsManyAsTextByText(float[][] logits, float[][] targets)
    {
        using var scope = NewDisposeScope();
        Assert.That(
            ClassificationLoss.CountRight(ToTensor(logits), ToTensor(targets)),
            Is.EqualTo(logits.Zip(targets, (z, t) => ClassificationLoss.IsRight(z, t)).Count(isRight => isRight)));
    }

    [TestCase(new[] { 0f }, new[] { 1f }, true)]
    [TestCase(new[] { -0.1f }, new[] { 1f }, false)]
    [TestCase(new[] { 1f, 3, 2 }, new[] { 0f, 1, 0 }, true)]
    [TestCase(new[] { 1f, 3, 2 }, new[] { 0.4f, 0.3f, 0.3f }, false)]
    [TestCase(new[] { -1f, -3, -2 }, new[] { 1f, 0, 0 }, true)]
    public void IsRight_OneText_ComparesTheMostProbableLabels(float[] logits, float[] target, bool isRight) =>
        Assert.That(ClassificationLoss.IsRight(logits, target), Is.EqualTo(isRight));

    [Test]
    public void Of_HugeLogits_StaysFinite()
    {
        Assert.That(ClassificationLoss.Of([-5_000], [1]), Is.EqualTo(5_000));
        Assert.That(ClassificationLoss.Of([5_000, -5_000, 0], [0, 1, 0]), Is.EqualTo(10_000));
        Assert.That(ClassificationLoss.Of([5_000, -5_000, 0], [1, 0, 0]), Is.Zero);
    }

    private static double Definition(float[] logits, float[] target)
    {
        if (logits.Length == 1)
        {
            var p = 1 / (1 + Math.Exp(-logits[0]));
            return -((target[0] * Math.Log(p)) + ((1 - target[0]) * Math.Log(1 - p)));
        }

        var sum = logits.Sum(logit => Math.Exp(logit));
        return -logits.Zip(target, (logit, t) => t * Math.Log(Math.Exp(logit) / sum)).Sum();
    }

    private static Tensor ToTensor(float[][] rows) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
