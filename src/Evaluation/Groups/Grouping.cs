using System.Globalization;
using System.Text.RegularExpressions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Evaluation;

/// <summary>
/// A way to cut texts into groups, to see where a model is correct and where not. Immutable and thread-safe.
/// </summary>
public sealed partial class Grouping
{
    private readonly Func<IReadOnlyList<LabeledPrediction>, IReadOnlyList<GroupAccuracy>> _cut;

    private Grouping(string name, Func<IReadOnlyList<LabeledPrediction>, IReadOnlyList<GroupAccuracy>> cut) =>
        (Name, _cut) = (name, cut);

    /// <summary>By <see cref="LabeledPrediction.TokenCount"/>, into up to eight groups of equal counts.</summary>
    public static Grouping Length { get; } = new("length", ByLength);

    /// <summary>
    /// By the rating in <see cref="LabeledPrediction.Id"/>, as aclImdb has it: 9 of <c>test/pos/123_9.txt</c>.
    /// </summary>
    public static Grouping Rating { get; } = new("rating", ByRating);

    /// <summary>All groupings.</summary>
    public static IReadOnlyList<Grouping> All { get; } = [Length, Rating];

    /// <summary>The name, as users write it.</summary>
    public string Name { get; }

    /// <summary>Finds a grouping by its name.</summary>
    /// <exception cref="InvalidInputException">There is no such grouping; the message lists the known ones.</exception>
    public static Grouping Named(string name) =>
        All.FirstOrDefault(grouping => grouping.Name == name)
            ?? throw new InvalidInputException(
                $"Texts cannot be grouped by '{name}'; known: {string.Join(", ", All.Select(known => known.Name))}.");

    /// <summary>The accuracy of each group that has texts.</summary>
    /// <exception cref="InvalidInputException">A text does not say which group it belongs to.</exception>
    public IReadOnlyList<GroupAccuracy> Apply(IReadOnlyList<LabeledPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return _cut(predictions);
    }

    private static IReadOnlyList<GroupAccuracy> ByLength(IReadOnlyList<LabeledPrediction> predictions)
    {
        var bins = LengthBins.Of(
            [.. predictions.Select(text => text.TokenCount)], [.. predictions.Select(text => text.IsCorrect)]);
        return [.. bins.Select(bin => new GroupAccuracy(NameOf(bin), bin.Accuracy, bin.Texts))];
    }

    private static string NameOf(LengthBin bin) =>
        string.Create(CultureInfo.InvariantCulture, $"{bin.Shortest:N0} to {bin.Longest:N0} words");

    private static IReadOnlyList<GroupAccuracy> ByRating(IReadOnlyList<LabeledPrediction> predictions) =>
    [
        .. predictions.GroupBy(RatingOf, text => text.IsCorrect).OrderBy(group => group.Key)
            .Select(group => new GroupAccuracy(
                $"{group.Key} {(group.Key == 1 ? "star" : "stars")}",
                group.Average(isCorrect => isCorrect ? 1.0 : 0.0), group.Count())),
    ];

    private static int RatingOf(LabeledPrediction text) =>
        text.Id is { } id && RatingInName().Match(id) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidInputException(
                $"The text '{text.Id ?? "(without a name)"}' has no rating: " +
                "names such as test/pos/123_9.txt were expected, as in aclImdb.");

    [GeneratedRegex(@"_(\d{1,2})\.txt$", RegexOptions.CultureInvariant)]
    private static partial Regex RatingInName();
}

/// <summary>The accuracy on some of the texts.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Accuracy">Share of them whose label was predicted.</param>
/// <param name="Count">Texts.</param>
public sealed record GroupAccuracy(string Name, double Accuracy, int Count);
