using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>A dataset made ready for training: vocabulary, encoded texts, validation slice.</summary>
public sealed record TrainingData
{
    /// <summary>The most frequent words of the train split and of the texts without labels.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>The class names, in the order of the classifier's outputs.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What the weights are fitted to.</summary>
    public required EncodedTexts Train { get; init; }

    /// <summary>What chooses the epoch.</summary>
    public required EncodedTexts Validation { get; init; }

    /// <summary>What is looked at once, at the end; may be empty.</summary>
    public required EncodedTexts Test { get; init; }

    /// <summary>Name, hash and sizes, for the checkpoint.</summary>
    public required DataDescription Description { get; init; }

    /// <summary>What has no label; empty unless the dataset was read with it.</summary>
    public required IReadOnlyList<long[]> Unlabeled { get; init; }

    /// <summary>For word vectors and n-grams; null where the recipe has no use for it.</summary>
    internal WholeTexts? Whole { get; init; }

    /// <summary>
    /// Builds the vocabulary from the train split and the texts without labels, sets the validation slice aside and
    /// encodes all texts.
    /// </summary>
    public static TrainingData Prepare(Dataset dataset, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(recipe);
        var words = AllWords(dataset, recipe.Text);
        var vocabulary = new Vocabulary(words.Tokens.Take(recipe.Text.VocabularySize));
        var encoder = new TextEncoder(recipe.Text, vocabulary);
        var split = StratifiedSplit.Create(dataset.Train, recipe.Training.Seed, recipe.Training.ValidationFraction);
        var train = Encode(dataset.Train, dataset.Labels, encoder);
        return new TrainingData
        {
            Vocabulary = vocabulary,
            Labels = dataset.Labels,
            Train = Select(train, split.Train),
            Validation = Select(train, split.Validation),
            Test = Encode(dataset.Test, dataset.Labels, encoder),
            Unlabeled = [.. dataset.Unlabeled.AsParallel().AsOrdered().Select(text => encoder.Encode(text))],
            Whole = NeedsWholeTexts(dataset, recipe) ? WholeTexts.Encode(dataset, split, recipe.Text, words) : null,
            Description = new DataDescription
            {
                Source = dataset.Name,
                Sha256 = dataset.Sha256,
                TrainCount = split.Train.Count,
                ValidationCount = split.Validation.Count,
                TestCount = dataset.Test.Count,
                UnlabeledCount = dataset.Unlabeled.Count,
            },
        };
    }

    private static bool NeedsWholeTexts(Dataset dataset, TrainingRecipe recipe) =>
        recipe.Vectors.VectorEpochs > 0 || (dataset.Unlabeled.Count > 0 && recipe.Teacher.TeacherRounds > 0);

    private static Vocabulary AllWords(Dataset dataset, TextSettings settings)
    {
        var builder = new VocabularyBuilder(settings with { VocabularySize = TextSettings.LargestVocabulary });
        foreach (var text in dataset.Train)
        {
            builder.Add(text.Text);
        }

        foreach (var text in dataset.Unlabeled)
        {
            builder.Add(text);
        }

        return builder.Build();
    }

    private static EncodedTexts Encode(
        IReadOnlyList<LabeledText> texts, IReadOnlyList<string> labels, TextEncoder encoder)
    {
        var targets = labels.Index()
            .ToDictionary(l => l.Item, l => EncodedTexts.CertainTarget(l.Index, labels.Count), StringComparer.Ordinal);
        return new(
            [.. texts.AsParallel().AsOrdered().Select(text => encoder.Encode(text.Text))],
            [.. texts.Select(text => targets[text.Label])])
        {
            Places = [.. texts.Select(text => text.Id)],
        };
    }

    private static EncodedTexts Select(EncodedTexts texts, IReadOnlyList<int> positions) =>
        new([.. positions.Select(i => texts.Ids[i])], [.. positions.Select(i => texts.Targets[i])])
        {
            Places = [.. positions.Select(i => texts.Places[i])],
        };
}
