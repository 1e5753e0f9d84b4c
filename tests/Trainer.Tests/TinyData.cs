namespace OnnxSentiment.Trainer.Tests;

/// <summary>A training that takes a second.</summary>
internal static class TinyData
{
    internal static readonly TrainingRecipe Recipe = PresetTable.Get(PresetTable.Quickstart)
        .With("epochs=4").With("patience=0").With("embedding_size=8").With("hidden_size=8").With("threads=1");

    internal static readonly Dataset Dataset = ReviewCorpus.Generate(seed: 3, trainCount: 400, testCount: 100);

    private static readonly Dataset WithUnlabeled = Dataset.Create(
        "with unlabeled", Dataset.Train, Dataset.Test,
        [.. ReviewCorpus.Generate(seed: 5, trainCount: 300, testCount: 100).Train.Select(text => text.Text)]);

    internal static TrainingData PrepareWithUnlabeled(TrainingRecipe recipe) =>
        TrainingData.Prepare(WithUnlabeled, recipe);

    internal static TrainingData Prepare(TrainingRecipe? recipe = null) =>
        TrainingData.Prepare(Dataset, recipe ?? Recipe);
}
