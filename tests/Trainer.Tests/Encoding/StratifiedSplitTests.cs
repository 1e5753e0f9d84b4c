using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class StratifiedSplitTests
{
    [TestCase(100, 300, 0.1, 10, 30)]
    [TestCase(15, 17, 0.1, 2, 2, Description = "Rounded, not cut off.")]
    [TestCase(2, 2, 0.1, 1, 1, Description = "Never fewer than one.")]
    [TestCase(2, 10, 0.9, 1, 9, Description = "Never all.")]
    public void Create_Shares_KeptForEachLabel(
        int negative, int positive, double share, int heldNegative, int heldPositive)
    {
        var texts = Texts(negative, positive);
        var split = StratifiedSplit.Create(texts, seed: 7, share);

        Assert.Multiple(() =>
        {
            Assert.That(split.Validation.Count(i => texts[i].Label == "negative"), Is.EqualTo(heldNegative));
            Assert.That(split.Validation.Count(i => texts[i].Label == "positive"), Is.EqualTo(heldPositive));
            Assert.That(split.Train.Concat(split.Validation).Order(), Is.EqualTo(Enumerable.Range(0, texts.Count)));
            Assert.That(split.Train, Is.Ordered);
            Assert.That(split.Validation, Is.Ordered);
        });
    }

    [Test]
    public void Create_SameSeed_SameSplitAndOtherSeedAnother()
    {
        var texts = Texts(50, 50);

        Assert.That(StratifiedSplit.Create(texts, seed: 1).Validation,
            Is.EqualTo(StratifiedSplit.Create(texts, seed: 1).Validation));
        Assert.That(StratifiedSplit.Create(texts, seed: 1).Validation,
            Is.Not.EqualTo(StratifiedSplit.Create(texts, seed: 2).Validation));
    }

    [Test]
    public void Create_KnownSeed_SplitOfEveryMachine() =>
        Assert.That(
            string.Join(" ", StratifiedSplit.Create(Texts(10, 10), seed: 42, 0.2).Validation), Is.EqualTo("2 6 11 15"));

    [Test]
    public void Create_SingleTextOfALabel_Throws() =>
        Assert.That(
            () => StratifiedSplit.Create(Texts(1, 5), seed: 1),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("'negative' has 1 text"));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Create_ShareOutOfRange_Throws(double share) =>
        Assert.That(
            () => StratifiedSplit.Create(Texts(5, 5), seed: 1, share),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("validation_share"));

    private static List<LabeledText> Texts(int negative, int positive) =>
    [
        .. Enumerable.Range(0, negative).Select(i => new LabeledText($"n{i}", "negative")),
        .. Enumerable.Range(0, positive).Select(i => new LabeledText($"p{i}", "positive")),
    ];
}
