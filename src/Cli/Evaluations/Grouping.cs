using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>A way to cut labelled texts into groups, so that one sees where a model is right.</summary>
internal sealed partial class Grouping
{
    private static readonly Grouping[] All =
    [
        new("length", ByLength),
        new("rating", ByRating),
    ];

    private readonly string _name;
    private readonly Func<IReadOnlyList<LabeledText>, IReadOnlyList<bool>, TokenizerKind, IReadOnlyList<GroupFigures>> _cut;

    private Grouping(
        string name, Func<IReadOnlyList<LabeledText>, IReadOnlyList<bool>, TokenizerKind, IReadOnlyList<GroupFigures>> cut) =>
        (_name, _cut) = (name, cut);

    /// <summary>The names, as users write them.</summary>
    internal static IEnumerable<string> Names => All.Select(grouping => grouping._name);

    /// <exception cref="InvalidInputException">No such grouping; the message lists the known ones.</exception>
    internal static Grouping Named(string name) =>
        All.FirstOrDefault(grouping => grouping._name == name)
            ?? throw new InvalidInputException($"Texts cannot be grouped by '{name}'; known: {string.Join(", ", Names)}.");

    /// <summary>The accuracy of each group.</summary>
    /// <exception cref="InvalidInputException">The texts do not say which group they belong to.</exception>
    internal (string Name, IReadOnlyList<GroupFigures> Groups) Apply(
        IReadOnlyList<LabeledText> texts, IReadOnlyList<SentimentPrediction> predictions, TokenizerKind tokenizer) =>
        (_name, _cut(texts, [.. predictions.Zip(texts, (prediction, text) => prediction.Label == text.Label)], tokenizer));

    // In words of whole texts, also of those that a model reads the end of.
    private static IReadOnlyList<GroupFigures> ByLength(
        IReadOnlyList<LabeledText> texts, IReadOnlyList<bool> isRight, TokenizerKind tokenizer)
    {
        var words = new Tokenizer(tokenizer);
        var lengths = texts.Select(text => Count(words, text.Text)).ToList();
        return [.. LengthBins.Of(lengths, isRight).Select(bin => new GroupFigures(
            string.Create(CultureInfo.InvariantCulture, $"{bin.Shortest:N0} to {bin.Longest:N0} words"), bin.Accuracy, bin.Texts))];
    }

    private static int Count(Tokenizer tokenizer, string text)
    {
        var count = 0;
        foreach (var _ in tokenizer.TokensFromEnd(text))
        {
            count++;
        }

        return count;
    }

    private static IReadOnlyList<GroupFigures> ByRating(
        IReadOnlyList<LabeledText> texts, IReadOnlyList<bool> isRight, TokenizerKind tokenizer) =>
    [
        .. texts.Zip(isRight).GroupBy(text => RatingOf(text.First), text => text.Second).OrderBy(group => group.Key)
            .Select(group => new GroupFigures(
                $"{group.Key} {(group.Key == 1 ? "star" : "stars")}", group.Average(right => right ? 1.0 : 0.0), group.Count())),
    ];

    private static int RatingOf(LabeledText text) =>
        text.Id is { } place && RatingInName().Match(place) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidInputException(
                $"The text '{text.Id ?? "(without a name)"}' has no rating: names such as test/pos/123_9.txt were expected, as in aclImdb.");

    [GeneratedRegex(@"_(\d{1,2})\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex RatingInName();
}

/// <summary>How right a model is on some of the texts.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Accuracy">Share of them whose label was predicted.</param>
/// <param name="Count">Texts.</param>
internal sealed record GroupFigures(string Name, double Accuracy, int Count);
