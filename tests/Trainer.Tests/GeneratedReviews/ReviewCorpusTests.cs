using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class ReviewCorpusTests
{
    private const int Seed = 1;

    private static readonly Tokenizer Tokenizer = new(TokenizerKind.Keras);

    private Dataset _corpus = null!;

    [OneTimeSetUp]
    public void Generate() => _corpus = ReviewCorpus.Generate(Seed);

    [Test]
    public void Generate_Defaults_BalancedAndInThePromisedSizes()
    {
        TestContext.Out.WriteLine(
            string.Join('\n', _corpus.Train.Take(30).Select(text => $"{text.Label}: {text.Text}")));
        var all = _corpus.Train.Concat(_corpus.Test).ToList();
        var lengths = all.Select(text => Tokenizer.Tokenize(text.Text).Count).ToList();
        var vocabulary = _corpus.Train.SelectMany(text => Tokenizer.Tokenize(text.Text)).ToHashSet();
        TestContext.Out.WriteLine(
            $"{vocabulary.Count} words; {lengths.Average():F1} words a text, {lengths.Min()} to {lengths.Max()}.");

        Assert.Multiple(() =>
        {
            Assert.That(_corpus.Train, Has.Count.EqualTo(ReviewCorpus.DefaultTrainCount));
            Assert.That(_corpus.Test, Has.Count.EqualTo(ReviewCorpus.DefaultTestCount));
            Assert.That(
                _corpus.Train.Count(text => text.Label == "positive"), Is.EqualTo(ReviewCorpus.DefaultTrainCount / 2));
            Assert.That(
                _corpus.Test.Count(text => text.Label == "positive"), Is.EqualTo(ReviewCorpus.DefaultTestCount / 2));
            Assert.That(lengths, Is.All.InRange(4, 40));
            Assert.That(vocabulary, Has.Count.GreaterThan(250));
        });
    }

    [Test]
    public void Generate_AnyTwoTexts_DifferInTheirWords() =>
        Assert.That(
            _corpus.Train.Concat(_corpus.Test).Select(text => string.Join(' ', Tokenizer.Tokenize(text.Text))),
            Is.Unique);

    [Test]
    public void Generate_Demonstrations_NowhereContained()
    {
        foreach (var demonstration in ReviewCorpus.Demonstrations)
        {
            var words = $" {string.Join(' ', Tokenizer.Tokenize(demonstration.Text))} ";
            Assert.That(
                _corpus.Train.Concat(_corpus.Test)
                    .Select(text => $" {string.Join(' ', Tokenizer.Tokenize(text.Text))} "),
                Has.None.Contains(words));
        }
    }

    [Test]
    public void Generate_Demonstrations_UseWordsOfTheTrainTexts()
    {
        var vocabulary = _corpus.Train.SelectMany(text => Tokenizer.Tokenize(text.Text)).ToHashSet();

        Assert.That(
            ReviewCorpus.Demonstrations.SelectMany(text => Tokenizer.Tokenize(text.Text)).Distinct(),
            Is.SubsetOf(vocabulary));
    }

    [Test]
    public void Generate_SameSeed_TextsOfEveryMachine()
    {
        Assert.That(ReviewCorpus.Generate(Seed).Sha256, Is.EqualTo(_corpus.Sha256));
        Assert.That(ReviewCorpus.Generate(Seed + 1).Sha256, Is.Not.EqualTo(_corpus.Sha256));
        Assert.That(_corpus.Sha256, Is.EqualTo("3ef9706d1c099f63be126ddd1de253db5fe2c0757fae696d10a8c6f828e5ecb1"));
    }

    [Test]
    public void Generate_WordCountsAlone_StayFarBehind()
    {
        var model = BagOfWords.Train(_corpus.Train, "positive");
        var accuracy = model.Accuracy(_corpus.Test);
        TestContext.Out.WriteLine(
            $"Bag of words: {accuracy:P1} on the test texts, {model.Accuracy(_corpus.Train):P1} on the train texts; " +
            $"largest slope {model.GradientNorm:E1}.");

        // Above chance by far, as in real reviews; below what a model that sees the order has to reach.
        Assert.That(model.GradientNorm, Is.LessThan(1e-4), "not converged");
        Assert.That(accuracy, Is.InRange(0.60, 0.78));
    }

    [TestCase(1, 0, "train_count is 1")]
    [TestCase(2, -1, "test_count is -1")]
    public void Generate_CountOutOfRange_Throws(int trainCount, int testCount, string message) =>
        Assert.That(
            () => ReviewCorpus.Generate(Seed, trainCount, testCount),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));

    [Test]
    public void Grammar_EveryRule_ExistsAndIsUsed()
    {
        var reachable = ReviewGrammar.Instance.Reachable(ReviewGrammar.Start, positive: true)
            .Union(ReviewGrammar.Instance.Reachable(ReviewGrammar.Start, positive: false));

        Assert.That(ReviewGrammar.Instance.Rules, Is.SubsetOf(reachable));
    }
}
