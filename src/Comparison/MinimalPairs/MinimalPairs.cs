using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>
/// Minimal pairs for four phenomena, a dozen each, in our own words. A pair counts when both of its texts get their
/// label: a constant answer gets half of the synonyms and nothing else, a random guess a quarter of all.
/// </summary>
internal static class MinimalPairs
{
    private const string Positive = "positive";
    private const string Negative = "negative";

    /// <summary>The labels that the pairs are about.</summary>
    internal static IReadOnlyList<string> Labels { get; } = [Negative, Positive];

    /// <summary>All four.</summary>
    internal static IReadOnlyList<Phenomenon> All { get; } =
    [
        new("synonyms", "synonyms",
        [
            Alike(Positive, "I love this film.", "I adore this film."),
            Alike(Positive, "It looks at its people with love.", "It looks at its people with affection."),
            Alike(Positive, "The two leads are wonderful together.", "The two leads are splendid together."),
            Alike(Positive, "A funny script from the first line to the last.",
                "A witty script from the first line to the last."),
            Alike(Positive, "Every song in it is beautiful.", "Every song in it is gorgeous."),
            Alike(Positive, "What a great way to spend an evening.", "What a superb way to spend an evening."),
            Alike(Negative, "The plot is boring.", "The plot is tedious."),
            Alike(Negative, "The acting is bad throughout.", "The acting is dreadful throughout."),
            Alike(Negative, "I hated every single character.", "I loathed every single character."),
            Alike(Negative, "All of the jokes are stupid.", "All of the jokes are idiotic."),
            Alike(Negative, "Even the costumes look ugly.", "Even the costumes look hideous."),
            Alike(Negative, "The second part is terrible.", "The second part is atrocious."),
        ]),
        new("one_word", "one word changed",
        [
            Opposite("This is the best film I have seen all year.", "This is the worst film I have seen all year."),
            Opposite("I was excited from the opening scene on.", "I was bored from the opening scene on."),
            Opposite("The actors are perfect for their parts.", "The actors are wrong for their parts."),
            Opposite("Those were two hours well spent.", "Those were two hours badly spent."),
            Opposite("It gets better with every scene.", "It gets worse with every scene."),
            Opposite("All the dialogue sounds natural.", "All the dialogue sounds wooden."),
            Opposite("The director deserves praise for this.", "The director deserves blame for this."),
            Opposite("Her performance saves the film.", "Her performance ruins the film."),
            Opposite("A story that nobody should miss.", "A story that everybody should miss."),
            Opposite("A film to remember.", "A film to forget."),
            Opposite("In the end it all makes perfect sense.", "In the end it all makes little sense."),
            Opposite("Whatever you do this week, see this.", "Whatever you do this week, skip this."),
        ]),
        new("order", "order changed",
        [
            Opposite("The start is dull, but the ending is brilliant.",
                "The start is brilliant, but the ending is dull."),
            Opposite("I expected rubbish and found a gem.", "I expected a gem and found rubbish."),
            Opposite("This one is good, not bad.", "This one is bad, not good."),
            Opposite("It is great and never boring.", "It is boring and never great."),
            Opposite("More clever than silly, all in all.", "More silly than clever, all in all."),
            Opposite("I would rather watch this than anything else.", "I would rather watch anything else than this."),
            Opposite("A masterpiece and far from a failure.", "A failure and far from a masterpiece."),
            Opposite("First I was bored, then I was amazed.", "First I was amazed, then I was bored."),
            Opposite("The critics hate it and I love it.", "The critics love it and I hate it."),
            Opposite("Its faults are small and its strengths are large.",
                "Its strengths are small and its faults are large."),
            Opposite("What looked bad turned out good.", "What looked good turned out bad."),
            Opposite("It got better from there, not worse.", "It got worse from there, not better."),
        ]),
        new("negation", "negation",
        [
            Opposite("This film is good.", "This film is not good."),
            Opposite("I would recommend it to my friends.", "I would never recommend it to my friends."),
            Opposite("There is some reason to see it.", "There is no reason to see it."),
            Opposite("The jokes are funny.", "The jokes are hardly funny."),
            Opposite("The story makes sense.", "The story makes no sense."),
            Opposite("The people in it are interesting.", "The people in it are far from interesting."),
            Opposite("It is worth the money.", "It is not worth the money."),
            Opposite("The acting is not bad.", "The acting is bad."),
            Opposite("I will never forget this film.", "I will forget this film."),
            Opposite("You will not be disappointed.", "You will be disappointed."),
            Opposite("It is by no means a waste of time.", "It is a waste of time."),
            Opposite("It was never boring.", "It was boring."),
        ]),
    ];

    private static MinimalPair Alike(string label, string first, string second) =>
        new(new LabeledText(first, label), new LabeledText(second, label));

    private static MinimalPair Opposite(string positive, string negative) =>
        new(new LabeledText(positive, Positive), new LabeledText(negative, Negative));

    /// <summary>How a classifier does; nothing where it has other labels.</summary>
    /// <param name="labels">The classifier's labels.</param>
    /// <param name="classify">The label of each of some texts.</param>
    internal static IReadOnlyList<MinimalPairScore> Score(
        IReadOnlyList<string> labels, Func<IReadOnlyList<string>, IReadOnlyList<string>> classify) =>
        labels.SequenceEqual(Labels) ? [.. All.Select(phenomenon => Score(phenomenon, classify))] : [];

    private static MinimalPairScore Score(
        Phenomenon phenomenon, Func<IReadOnlyList<string>, IReadOnlyList<string>> classify)
    {
        var texts = phenomenon.Pairs.SelectMany(pair => (LabeledText[])[pair.First, pair.Second]).ToList();
        var isCorrect = classify([.. texts.Select(text => text.Text)])
            .Zip(texts, (label, text) => label == text.Label);
        return new MinimalPairScore(
            phenomenon.Name, isCorrect.Chunk(2).Count(pair => pair.All(correct => correct)), phenomenon.Pairs.Count);
    }
}
