using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Data;

namespace OnnxSentiment.Trainer.Training;

/// <summary>A dataset made ready for training: vocabulary, encoded texts, validation slice.</summary>
public sealed record TrainingData
{
    /// <summary>The words of the train split.</summary>
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

    /// <summary>Builds the vocabulary from the train split, sets the validation slice aside and encodes all texts.</summary>
    public static TrainingData Prepare(Dataset dataset, TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(recipe);
        var vocabulary = BuildVocabulary(dataset.Train, recipe.Text);
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
            Description = new DataDescription
            {
                Source = dataset.Name,
                Sha256 = dataset.Sha256,
                TrainCount = split.Train.Count,
                ValidationCount = split.Validation.Count,
                TestCount = dataset.Test.Count,
            },
        };
    }

    private static Vocabulary BuildVocabulary(IReadOnlyList<LabelledText> texts, TextSettings settings)
    {
        var builder = new VocabularyBuilder(settings);
        foreach (var text in texts)
        {
            builder.Add(text.Text);
        }

        return builder.Build();
    }

    private static EncodedTexts Encode(IReadOnlyList<LabelledText> texts, IReadOnlyList<string> labels, TextEncoder encoder)
    {
        var targets = labels.Index().ToDictionary(l => l.Item, l => EncodedTexts.CertainTarget(l.Index, labels.Count), StringComparer.Ordinal);
        return new(
            [.. texts.AsParallel().AsOrdered().Select(text => encoder.Encode(text.Text))],
            [.. texts.Select(text => targets[text.Label])]);
    }

    private static EncodedTexts Select(EncodedTexts texts, IReadOnlyList<int> positions) =>
        new([.. positions.Select(i => texts.Ids[i])], [.. positions.Select(i => texts.Targets[i])]);
}
