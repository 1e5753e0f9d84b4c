using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison.Tests;

public class MinimalPairsTests
{
    private static readonly Tokenizer Tokenizer = new(TokenizerKind.Keras);

    private static readonly string[] Negations = ["not", "no", "never", "hardly", "far", "from", "by", "means", "some"];

    private static IReadOnlyList<MinimalPair> Pairs(string phenomenon) =>
        MinimalPairs.All.Single(p => p.Name == phenomenon).Pairs;

    [Test]
    public void All_Phenomena_HaveTwelvePairsOfDifferentTexts()
    {
        Assert.That(MinimalPairs.All.Select(phenomenon => phenomenon.Pairs.Count), Is.All.EqualTo(12));
        Assert.That(
            MinimalPairs.All.SelectMany(p => p.Pairs).SelectMany(pair => new[] { pair.First.Text, pair.Second.Text }),
            Is.Unique);
    }

    [Test]
    public void Synonyms_Pairs_DifferInOneWordAndMeanTheSame()
    {
        Assert.That(Pairs("synonyms").Select(Replaced), Is.All.EqualTo(1));
        Assert.That(Pairs("synonyms").Select(pair => pair.First.Label == pair.Second.Label), Is.All.True);
        Assert.That(
            Pairs("synonyms").Count(pair => pair.First.Label == "positive"), Is.EqualTo(6),
            "a constant answer gets half");
    }

    [Test]
    public void OneWord_Pairs_DifferInOneWordAndMeanTheOpposite()
    {
        Assert.That(Pairs("one_word").Select(Replaced), Is.All.EqualTo(1));
        AssertOpposite(Pairs("one_word"));
    }

    [Test]
    public void Order_Pairs_HaveTheSameWordsAndMeanTheOpposite()
    {
        foreach (var pair in Pairs("order"))
        {
            Assert.That(Words(pair.Second.Text), Is.EquivalentTo(Words(pair.First.Text)));
        }

        AssertOpposite(Pairs("order"));
    }

    [Test]
    public void Negation_Pairs_DifferInWordsOfNegationAlone()
    {
        foreach (var pair in Pairs("negation"))
        {
            var (first, second) = (Words(pair.First.Text).ToList(), Words(pair.Second.Text).ToList());
            Assert.That(
                first.Except(second).Concat(second.Except(first)), Is.SubsetOf(Negations)
                    .And.Not.Empty, pair.First.Text);
        }

        AssertOpposite(Pairs("negation"));
    }

    [Test]
    public void Score_ConstantAnswer_GetsHalfOfTheSynonymsAlone()
    {
        var scores = MinimalPairs.Score(MinimalPairs.Labels, texts => [.. texts.Select(_ => "positive")]);
        Assert.That(scores.Select(score => (score.Phenomenon, score.Correct, score.Pairs)), Is.EqualTo(new[]
        {
            ("synonyms", 6, 12), ("one_word", 0, 12), ("order", 0, 12), ("negation", 0, 12),
        }));
    }

    [Test]
    public void Score_ClassifierThatKnowsThem_GetsAll()
    {
        var answers = MinimalPairs.All.SelectMany(p => p.Pairs).SelectMany(pair => new[] { pair.First, pair.Second })
            .ToDictionary(text => text.Text, text => text.Label);
        var scores = MinimalPairs.Score(MinimalPairs.Labels, texts => [.. texts.Select(text => answers[text])]);
        Assert.That(scores.Select(score => score.Correct), Is.All.EqualTo(12));
    }

    [Test]
    public void Score_OtherLabels_IsNothing() =>
        Assert.That(MinimalPairs.Score(["anger", "joy"], texts => [.. texts]), Is.Empty);

    private static void AssertOpposite(IEnumerable<MinimalPair> pairs) =>
        Assert.That(
            pairs.Select(pair => (pair.First.Label, pair.Second.Label)), Is.All.EqualTo(("positive", "negative")));

    private static int Replaced(MinimalPair pair)
    {
        var (first, second) = (Words(pair.First.Text), Words(pair.Second.Text));
        Assert.That(second, Has.Count.EqualTo(first.Count), pair.First.Text);
        return first.Zip(second).Count(words => words.First != words.Second);
    }

    private static IReadOnlyList<string> Words(string text) => Tokenizer.Tokenize(text);
}
