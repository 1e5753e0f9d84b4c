namespace OnnxSentiment.Trainer.Tests;

public class NgramClassifierTests
{
    private const int Not = 3, Good = 4, Bad = 5, FirstFiller = 6, Fillers = 30;

    [TestCase(1, 0.4, 0.6)]
    [TestCase(2, 0.97, 1.0)]
    public void Fit_ClassThatOnlyNeighboursTell_NeedsBigrams(int order, double lowest, double highest)
    {
        var (train, trainTargets) = Texts(2_000, seed: 1);
        var (test, testTargets) = Texts(500, seed: 2);
        var classifier = NgramClassifier.Fit(train, trainTargets, order, seed: 1);
        Assert.That(
            ClassificationLoss.Measure(classifier.Score(test), testTargets).Accuracy, Is.InRange(lowest, highest));
    }

    [Test]
    public void Fit_Twice_GivesTheSame()
    {
        var (texts, targets) = Texts(200, seed: 3);
        Assert.That(
            NgramClassifier.Fit(texts, targets, 3, seed: 1).Score(texts),
            Is.EqualTo(NgramClassifier.Fit(texts, targets, 3, seed: 1).Score(texts)));
    }

    [Test]
    public void Fit_SeveralOutputs_TellsEachClassFromAllOthers()
    {
        var random = new Random(4);
        int[][] texts = [.. Enumerable.Range(0, 300).Select(
            i => (int[])[FirstFiller + random.Next(Fillers), 100 + (i % 3), FirstFiller + random.Next(Fillers)])];
        float[][] targets = [.. Enumerable.Range(0, 300)
            .Select(i => Enumerable.Range(0, 3).Select(c => c == i % 3 ? 1f : 0f).ToArray())];
        var scores = NgramClassifier.Fit(texts, targets, 2, seed: 1).Score(texts);
        Assert.That(ClassificationLoss.Measure(scores, targets).Accuracy, Is.EqualTo(1));
    }

    [Test]
    public void Fit_TextsWithNothingInCommon_SaysNothing()
    {
        var classifier = NgramClassifier.Fit([[10, 11], [12, 13]], [[1f], [0f]], order: 2, seed: 1);
        Assert.That(classifier.Score([[10, 11], [12, 13], [14]]), Is.All.EqualTo(new[] { 0f }).Within(0.01));
    }

    // A word of all texts says nothing: its log-count ratio is 0, and what remains is a quarter of the bias that a
    // support vector machine has for 80 texts against 20, 120 / 201.
    [Test]
    public void Fit_UnbalancedTextsThatAreAllTheSame_HasAQuarterOfTheMachinesBias()
    {
        int[][] texts = [.. Enumerable.Repeat((int[])[10], 100)];
        float[][] targets = [.. Enumerable.Range(0, 100).Select(i => (float[])[i < 80 ? 1 : 0])];
        var classifier = NgramClassifier.Fit(texts, targets, order: 1, seed: 1);
        Assert.That(classifier.Score([[10], [99]]), Is.All.EqualTo(new[] { 0.25 * 120 / 201 }).Within(0.005));
    }

    [Test]
    public void Features_NgramOfOneTextAlone_IsNone()
    {
        var features = new NgramFeatures([[10, 11, 12], [10, 11, 13]], order: 2);
        Assert.That(features.Count, Is.EqualTo(3), "10, 11, and 10 before 11");
        Assert.That(features.Of([10, 11, 11, 10]), Has.Length.EqualTo(3), "each once");
        Assert.That(features.Of([11, 10]), Has.Length.EqualTo(2), "the order counts");
        Assert.That(features.Of([12, 99]), Is.Empty);
    }

    // "not good" and "bad" are negative, "not bad" and "good" are positive; each of the words is as frequent in both.
    private static (int[][] Texts, float[][] Targets) Texts(int count, int seed)
    {
        var random = new Random(seed);
        int[] Filler() => [.. Enumerable.Range(0, 3).Select(_ => FirstFiller + random.Next(Fillers))];
        return (
            [.. Enumerable.Range(0, count).Select(i => (int[])(i % 2 == 0
                ? [.. Filler(), Not, Bad, .. Filler(), Good]
                : [.. Filler(), Not, Good, .. Filler(), Bad]))],
            [.. Enumerable.Range(0, count).Select(i => (float[])[i % 2 == 0 ? 1 : 0])]);
    }
}
