using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>The classes of a dataset, and how its source spells them.</summary>
internal sealed class DatasetLabels
{
    public const string Negative = "negative";
    public const string Positive = "positive";

    // The spellings whose meaning is certain; compared without regard to case.
    private static readonly IReadOnlyList<(string Negative, string Positive)> KnownPairs =
        [(Negative, Positive), ("neg", "pos"), ("0", "1"), ("0.0", "1.0"), ("false", "true")];

    private readonly Dictionary<string, string> _names;

    private DatasetLabels(Dictionary<string, string> names, IReadOnlyList<string> ordered)
    {
        _names = names;
        Names = ordered;
    }

    /// <summary>The names in the order of the classifier's outputs; of two, the positive one second.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="InvalidInputException">
    /// There are too few or too many classes, or one of them is not in train.
    /// </exception>
    public static DatasetLabels Of(string dataset, IReadOnlyList<LabeledText> train, IReadOnlyList<LabeledText> test)
    {
        var spellings = train.Concat(test).Select(text => text.Label).Distinct(StringComparer.Ordinal).ToList();
        var labels = FromKnownPair(spellings) ?? AsSpelled(spellings);
        CheckCount(dataset, labels.Names);
        var inTrain = train.Select(text => labels._names[text.Label]).Distinct().ToList();
        return labels.Names.Except(inTrain).FirstOrDefault() is { } missing
            ? throw new InvalidInputException(
                $"'{dataset}' has no text of the class '{missing}' in its train split, but a classifier learns from " +
                $"examples of every class.")
            : labels;
    }

    /// <summary>
    /// The labels of data that an existing model is measured on: its own names, or a known spelling of them; not every
    /// class has to occur.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// There is no text, or one has a class that the model does not know.
    /// </exception>
    public static DatasetLabels OfModel(string dataset, IReadOnlyList<string> labels, IEnumerable<LabeledText> texts)
    {
        var names = NamesOf(labels);
        var spellings = texts.Select(text => text.Label).Distinct(StringComparer.Ordinal).ToList();
        if (spellings.Count == 0)
        {
            throw new InvalidInputException($"'{dataset}' holds no labelled text, but at least one was expected.");
        }

        return spellings.FirstOrDefault(spelling => !names.ContainsKey(spelling)) is { } unknown
            ? throw new InvalidInputException(
                $"'{dataset}' has the label '{unknown}', but the model knows {LabelText.List(labels)}.")
            : new DatasetLabels(names, labels);
    }

    /// <summary>The texts with their labels as <see cref="Names"/> spells them.</summary>
    public IReadOnlyList<LabeledText> Apply(IReadOnlyList<LabeledText> texts) =>
        [.. texts.Select(text => text with { Label = _names[text.Label] })];

    // Case means nothing unless the model's own labels differ by it alone.
    private static Dictionary<string, string> NamesOf(IReadOnlyList<string> labels)
    {
        var ignoresCase = labels.Distinct(StringComparer.OrdinalIgnoreCase).Count() == labels.Count;
        var names =
            new Dictionary<string, string>(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        if (labels.SequenceEqual([Negative, Positive]))
        {
            foreach (var (negative, positive) in KnownPairs)
            {
                (names[negative], names[positive]) = (Negative, Positive);
            }
        }

        foreach (var label in labels)
        {
            names[label] = label;
        }

        return names;
    }

    private static DatasetLabels? FromKnownPair(List<string> spellings)
    {
        foreach (var pair in KnownPairs)
        {
            var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                [pair.Negative] = Negative,
                [pair.Positive] = Positive,
            };
            if (spellings.Count > 0 && spellings.All(names.ContainsKey)
                && spellings.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count)
            {
                return new DatasetLabels(names, [Negative, Positive]);
            }
        }

        return null;
    }

    private static DatasetLabels AsSpelled(List<string> spellings) =>
        new(spellings.ToDictionary(label => label, StringComparer.Ordinal), LabelText.InNaturalOrder(spellings));

    private static void CheckCount(string dataset, IReadOnlyList<string> labels)
    {
        if (labels.Count == 0)
        {
            throw new InvalidInputException(
                $"'{dataset}' holds no labelled text, but examples of at least two classes were expected.");
        }

        if (labels.Count < LabelScores.MinimumLabels)
        {
            throw new InvalidInputException(
                $"'{dataset}' holds one class, '{labels[0]}', but a classifier learns from examples of at least two.");
        }

        if (labels.Count > LabelScores.MaximumLabels)
        {
            throw new InvalidInputException(
                $"'{dataset}' holds {labels.Count} classes ({LabelText.List(labels)}), but at most " +
                $"{LabelScores.MaximumLabels} were expected: is the column of the labels the right one?");
        }
    }
}
