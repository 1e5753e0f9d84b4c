using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The stage of a training that learns word vectors, or finds those that an interrupted training has learned.
/// </summary>
internal static class VectorStage
{
    private const string Name = "vectors";
    private const string TensorName = WeightNames.Embedding;
    private const string KeyName = "key";

    /// <returns><c>[vocabulary, embedding]</c>, or null where the recipe asks for none.</returns>
    /// <exception cref="InvalidInputException">The steps were too large: the vectors are no longer finite.</exception>
    internal static SafetensorsTensor? Run(TrainingRecipe recipe, TrainingData data, TrainingContext context)
    {
        if (recipe.Vectors.VectorEpochs == 0)
        {
            return null;
        }

        var file = context.StateFile(Name);

        // The order of the texts depends on the validation slice.
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Description.Sha256} {recipe.Vectors} {recipe.Text} {recipe.Model.EmbeddingSize} " +
            $"{recipe.Training.Seed} {recipe.Training.ValidationFraction}");
        if (File.Exists(file) && SafetensorsFile.Read(file) is var kept
            && kept.Metadata.GetValueOrDefault(KeyName) == key)
        {
            return kept.Tensors[TensorName];
        }

        var vectors = Learn(recipe, data, context);
        if (file is not null)
        {
            new SafetensorsFile
            {
                Tensors = new Dictionary<string, SafetensorsTensor> { [TensorName] = vectors },
                Metadata = new Dictionary<string, string> { [KeyName] = key },
            }.Write(file);
        }

        return vectors;
    }

    private static SafetensorsTensor Learn(TrainingRecipe recipe, TrainingData data, TrainingContext context)
    {
        var (rows, size) = (data.Vocabulary.Count, recipe.Model.EmbeddingSize);
        int[][] texts =
            [.. data.Whole!.All.Select(text => Array.ConvertAll(text, id => id < rows ? id : Vocabulary.UnknownId))];
        var description =
            $"word vectors: {texts.Length:N0} texts, {texts.Sum(text => (long)text.Length):N0} words, " +
            $"{recipe.Vectors.VectorEpochs} epochs";
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Workers.Count,
            CancellationToken = context.Cancellation
        };
        var vectors = SkipGram.Learn(
            texts, rows, size, recipe.Vectors, recipe.Training.Seed, share =>
                context.Observer?.OnStage(new TrainingStage(Name, description, share)), options);
        return Array.TrueForAll(vectors, float.IsFinite)
            ? SafetensorsTensor.FromFloats(vectors, [rows, size])
            : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The word vectors became infinite or no numbers within {recipe.Vectors.VectorEpochs} passes, at " +
                $"vector_rate {recipe.Vectors.VectorRate}: try a lower vector_rate."));
    }
}
