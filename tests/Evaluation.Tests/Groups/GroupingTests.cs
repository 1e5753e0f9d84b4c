using OnnxSentiment.Core;

namespace OnnxSentiment.Evaluation.Tests;

public class GroupingTests
{
    private static readonly LabeledPrediction[] Predictions =
    [
        Text("test/pos/1_10.txt", tokens: 1, isCorrect: true),
        Text("test/pos/2_7.txt", tokens: 2, isCorrect: false),
        Text("test/neg/3_1.txt", tokens: 3, isCorrect: true),
        Text("test/pos/4_7.txt", tokens: 4, isCorrect: true),
    ];

    [Test]
    public void Apply_Rating_GroupsByTheNumberInTheName() => Assert.That(
        Grouping.Rating.Apply(Predictions),
        Is.EqualTo(new GroupAccuracy[] { new("1 star", 1, 1), new("7 stars", 0.5, 2), new("10 stars", 1, 1) }));

    [Test]
    public void Apply_Length_GroupsByTheTokenCount() => Assert.That(
        Grouping.Length.Apply(Predictions),
        Is.EqualTo(new GroupAccuracy[]
        {
            new("1 to 1 words", 1, 1), new("2 to 2 words", 0, 1), new("3 to 3 words", 1, 1), new("4 to 4 words", 1, 1),
        }));

    [TestCase("test/pos/123.txt")]
    [TestCase(null)]
    public void Apply_RatingOfANameWithout_NamesTextAndExpectedForm(string? id) => Assert.That(
        () => Grouping.Rating.Apply([Text(id, tokens: 1, isCorrect: true)]),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("123_9.txt")
            .And.Message.Contains(id ?? "without"));

    [TestCase("length")]
    [TestCase("rating")]
    public void Named_KnownGrouping_HasTheName(string name) => Assert.That(Grouping.Named(name).Name, Is.EqualTo(name));

    [Test]
    public void Named_UnknownGrouping_ListsTheKnown() => Assert.That(
        () => Grouping.Named("color"),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("color").And.Message.Contains("length, rating"));

    private static LabeledPrediction Text(string? id, int tokens, bool isCorrect) =>
        new([0.2f, 0.8f], isCorrect ? 1 : 0) { Id = id, TokenCount = tokens };
}
