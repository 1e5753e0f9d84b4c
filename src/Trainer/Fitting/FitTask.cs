using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>One network to be fitted: a training has one or more of them.</summary>
/// <param name="Name">What it is in messages and in the names of files.</param>
/// <param name="Number">
/// Its own among the networks of one training, so that all begin with other weights; below 100.
/// </param>
/// <param name="Recipe">The settings.</param>
/// <param name="VocabularySize">The number of ids.</param>
/// <param name="LogitCount">Logits of a text.</param>
/// <param name="Train">What the weights are fitted to.</param>
/// <param name="Validation">What chooses the epoch.</param>
/// <param name="Vectors">The embedding to begin with; null for a random one.</param>
/// <param name="DataSha256">Of the dataset, so that no training is continued with other texts.</param>
internal sealed record FitTask(
    string Name, int Number, TrainingRecipe Recipe, int VocabularySize, int LogitCount, EncodedTexts Train,
    EncodedTexts Validation,
    SafetensorsTensor? Vectors, string DataSha256);
