namespace OnnxSentiment.Evaluation.Tests;

public class LabeledPredictionTests
{
    [TestCase(new[] { 0.6f, 0.4f }, 0)]
    [TestCase(new[] { 0.4f, 0.6f }, 1)]
    [TestCase(new[] { 0.5f, 0.5f }, 1, Description = "as the runtime: the second of two")]
    [TestCase(new[] { 0.4f, 0.4f, 0.2f }, 0, Description = "as the runtime: the first of more")]
    [TestCase(new[] { 0.1f, 0.2f, 0.7f }, 2)]
    public void PredictedLabel_Probabilities_IsTheMostProbable(float[] probabilities, int expected)
    {
        Assert.That(new LabeledPrediction(probabilities, expected).PredictedLabel, Is.EqualTo(expected));
        Assert.That(new LabeledPrediction(probabilities, expected).IsCorrect);
        Assert.That(new LabeledPrediction(probabilities, expected == 0 ? 1 : 0).IsCorrect, Is.False);
    }

    [Test]
    public void LogOddsOf_LabelsWithoutLogOdds_AreComputedFromTheProbabilities()
    {
        var prediction = new LabeledPrediction([0.2f, 0.8f], 1);
        Assert.That(prediction.LogOddsOf(1), Is.EqualTo(Math.Log(4)).Within(1e-6));
        Assert.That(prediction.LogOddsOf(0), Is.EqualTo(-Math.Log(4)).Within(1e-6));
    }

    // ln(2^-23 / (1 - 2^-23)): single precision has no number between that and 1.
    [Test]
    public void LogOddsOf_ProbabilitiesOfZeroAndOne_AreFinite()
    {
        var prediction = new LabeledPrediction([0, 1], 1);
        Assert.That(prediction.LogOddsOf(1), Is.EqualTo(23 * Math.Log(2)).Within(1e-6));
        Assert.That(prediction.LogOddsOf(0), Is.EqualTo(-23 * Math.Log(2)).Within(1e-6));
    }

    [Test]
    public void LogOddsOf_LabelsWithLogOdds_AreThose() =>
        Assert.That(new LabeledPrediction([0, 1], 1) { LogOdds = [-200, 200] }.LogOddsOf(0), Is.EqualTo(-200));
}
