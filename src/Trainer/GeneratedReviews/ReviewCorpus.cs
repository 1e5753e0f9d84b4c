using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Made-up film reviews of 4 to 40 words, for a first training that needs no download. The structure of each sentence
/// decides its label, so that a model has to read the words in their order: counting them is not enough.
/// Stateless and thread-safe.
/// </summary>
public static class ReviewCorpus
{
    /// <summary>The train texts of <see cref="Generate"/> unless another number is asked for.</summary>
    public const int DefaultTrainCount = 6_000;

    /// <summary>The test texts of <see cref="Generate"/> unless another number is asked for.</summary>
    public const int DefaultTestCount = 1_500;

    private const string Name = "generated-reviews";
    private const int MinimumWords = 4;
    private const int MaximumWords = 40;

    private static readonly Tokenizer Tokenizer = new(TokenizerKind.Keras);

    /// <summary>
    /// Pairs of the same or nearly the same words in another order with opposite labels. No generated text contains one
    /// of them, whatever its punctuation and case.
    /// </summary>
    public static IReadOnlyList<LabeledText> Demonstrations { get; } =
    [
        new("Not bad at all.", DatasetLabels.Positive),
        new("Not good, bad at best.", DatasetLabels.Negative),
        new("Dull at first, but the ending is brilliant.", DatasetLabels.Positive),
        new("Brilliant at first, but the ending is dull.", DatasetLabels.Negative),
        new("I expected a boring film and got a wonderful one.", DatasetLabels.Positive),
        new("I expected a wonderful film and got a boring one.", DatasetLabels.Negative),
        new("The acting is weak, but the story is never dull.", DatasetLabels.Positive),
        new("The story is never dull, but the acting is weak.", DatasetLabels.Negative),
        new("More clever than predictable.", DatasetLabels.Positive),
        new("More predictable than clever.", DatasetLabels.Negative),
    ];

    /// <summary>
    /// Generates texts of alternating labels, all different in their words. The same arguments give the same texts on
    /// every machine; the test texts follow the train texts, so both counts belong to the result.
    /// </summary>
    /// <param name="seed">Chooses the texts.</param>
    /// <param name="trainCount">2 to 100,000.</param>
    /// <param name="testCount">0 to 100,000.</param>
    /// <exception cref="InvalidInputException">A count is out of its range.</exception>
    public static Dataset Generate(int seed, int trainCount = DefaultTrainCount, int testCount = DefaultTestCount)
    {
        Guard.InRange("train_count", trainCount, 2, 100_000);
        Guard.InRange("test_count", testCount, 0, 100_000);
        var texts = DifferentTexts(new Random(seed)).Take(trainCount + testCount).ToList();
        return Dataset.Create(Name, texts[..trainCount], texts[trainCount..]);
    }

    private static IEnumerable<LabeledText> DifferentTexts(Random random)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = Demonstrations.Select(text => Words(text.Text)).ToList();
        for (var positive = false; ;)
        {
            var text = Punctuation.Apply(ReviewGrammar.Instance.Expand(ReviewGrammar.Start, positive, random));
            var words = Words(text);
            if (HasUsualLength(words) && !kept.Any(words.Contains) && seen.Add(words))
            {
                yield return new LabeledText(text, positive ? DatasetLabels.Positive : DatasetLabels.Negative);
                positive = !positive;
            }
        }
    }

    private static bool HasUsualLength(string words) => words.Count(' ') - 1 is >= MinimumWords and <= MaximumWords;

    // With a space before and behind, so that a text contains another only in whole words.
    private static string Words(string text) => $" {string.Join(' ', Tokenizer.Tokenize(text))} ";
}
