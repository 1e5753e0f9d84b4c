namespace OnnxSentiment.Core.Tests;

public class LabelScoresTests
{
    private const double Rounding = 1e-12;

    [TestCase(2, 1)]
    [TestCase(3, 3)]
    [TestCase(1_000, 1_000)]
    public void OutputsFor_Labels_OneForTwoElseOneEach(int labels, int outputs) =>
        Assert.That(LabelScores.LogitCount(labels), Is.EqualTo(outputs));

    [TestCase(new[] { 0.5f }, 1)]
    [TestCase(new[] { 0.49999997f }, 0)]
    [TestCase(new[] { float.NaN }, 0)]
    [TestCase(new[] { 0.2f, 0.5f, 0.3f }, 1)]
    [TestCase(new[] { 0.1f, 0.1f, 0.8f }, 2)]
    [TestCase(new[] { 0.4f, 0.2f, 0.4f }, 0, Description = "of equal ones the first")]
    public void Winner_Row_TheMostProbable(float[] row, int winner)
    {
        Assert.That(LabelScores.ArgMax<float>(row), Is.EqualTo(winner));
        Assert.That(LabelScores.ArgMax<double>(Array.ConvertAll(row, value => (double)value)), Is.EqualTo(winner));
    }

    [Test]
    public void ProbabilityOf_OneOutput_IsTheSecondLabelsAndTheRest()
    {
        Assert.That(LabelScores.ProbabilityOf<double>([0.25], 1), Is.EqualTo(0.25));
        Assert.That(LabelScores.ProbabilityOf<double>([0.25], 0), Is.EqualTo(0.75));
        Assert.That(LabelScores.ProbabilityOf<double>([0.2, 0.5, 0.3], 2), Is.EqualTo(0.3));
    }

    // e, e², e³ over their sum: softmax does not change when all logits move together.
    [TestCase(0)]
    [TestCase(1_000)]
    [TestCase(-1_000)]
    public void ToProbabilities_ThreeLogits_Softmax(double shift)
    {
        var probabilities = new double[3];
        LabelScores.ToProbabilities([shift + 1, shift + 2, shift + 3], probabilities);
        Assert.That(
            probabilities,
            Is.EqualTo(new[] { 0.09003057317038046, 0.24472847105479767, 0.6652409557748219 }).Within(Rounding));
    }

    [TestCase(0, 0.5)]
    [TestCase(1, 0.7310585786300049)]
    [TestCase(-1_000, 0)]
    [TestCase(1_000, 1)]
    public void ToProbabilities_OneLogit_LogisticFunction(double logit, double probability)
    {
        var probabilities = new double[1];
        LabelScores.ToProbabilities([logit], probabilities);
        Assert.That(probabilities[0], Is.EqualTo(probability).Within(Rounding));
    }

    [Test]
    public void LogOddsOf_OneOutput_TheLogitOrItsOpposite()
    {
        Assert.That(LabelScores.LogOddsOf([3], 1), Is.EqualTo(3));
        Assert.That(LabelScores.LogOddsOf([3], 0), Is.EqualTo(-3));
    }

    [Test]
    public void LogOddsOf_SeveralOutputs_LogarithmOfTheOdds([Range(0, 3)] int label)
    {
        float[] logits = [0.5f, -2, 1.25f, 3];
        var probabilities = new double[4];
        LabelScores.ToProbabilities(Array.ConvertAll(logits, logit => (double)logit), probabilities);
        Assert.That(
            LabelScores.LogOddsOf(logits, label),
            Is.EqualTo(Math.Log(probabilities[label] / (1 - probabilities[label]))).Within(Rounding));
    }

    [Test]
    public void LogOddsOf_ProbabilitiesThatRoundTo0And1_StayFinite()
    {
        Assert.That(LabelScores.LogOddsOf([200, -200, -200], 0), Is.EqualTo(400 - Math.Log(2)).Within(Rounding));
        Assert.That(LabelScores.LogOddsOf([200, -200, -200], 1), Is.EqualTo(-400).Within(Rounding));
    }
}
