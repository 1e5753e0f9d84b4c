using OnnxSentiment.Core;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli.Tests;

public class GroupingTests
{
    private static readonly LabeledText[] Texts =
    [
        new("one", "positive", "test/pos/1_10.txt"),
        new("one two", "positive", "test/pos/2_7.txt"),
        new("one two, three", "negative", "test/neg/3_1.txt"),
        new("one two three four", "positive", "test/pos/4_7.txt"),
    ];

    private static readonly string[] Predicted = ["positive", "negative", "negative", "positive"];

    [Test]
    public void Apply_Rating_GroupsByTheNumberInTheName() =>
        Assert.That(Apply("rating"), Is.EqualTo(new GroupFigures[] { new("1 star", 1, 1), new("7 stars", 0.5, 2), new("10 stars", 1, 1) }));

    [Test]
    public void Apply_Length_CountsTheWordsOfWholeTexts() =>
        Assert.That(Apply("length"), Is.EqualTo(new GroupFigures[]
        {
            new("1 to 1 words", 1, 1), new("2 to 2 words", 0, 1), new("3 to 3 words", 1, 1), new("4 to 4 words", 1, 1),
        }));

    [Test]
    public void Apply_RatingOfTextsWithoutNames_SaysWhatWasExpected() =>
        Assert.That(
            () => Grouping.Named("rating").Apply([new("x", "positive")], [Prediction("positive")], TokenizerKind.Keras),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("123_9.txt"));

    [Test]
    public void Named_UnknownGrouping_ListsTheKnown() =>
        Assert.That(() => Grouping.Named("colour"), Throws.TypeOf<InvalidInputException>().With.Message.Contains("length, rating"));

    private static IReadOnlyList<GroupFigures> Apply(string name) =>
        Grouping.Named(name).Apply(Texts, [.. Predicted.Select(Prediction)], TokenizerKind.Keras).Groups;

    private static SentimentPrediction Prediction(string label) => new(label, 0.5f, 0);
}
