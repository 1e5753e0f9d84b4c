using OnnxSentiment.Core;

namespace OnnxSentiment.Tests.Shared;

/// <summary>
/// Checkpoints with seeded random weights, for tests. Every gate has other weights, so that swapped gates show, and the
/// weights are large enough for gates to leave their linear range and for texts to get different results.
/// </summary>
internal static class RandomCheckpoint
{
    /// <summary>Makes a checkpoint; the same arguments always give the same weights.</summary>
    internal static Checkpoint Create(
        ModelConfig model, int seed, int vocabularySize = 50, int maximumLength = 12, int labels = 2)
    {
        var random = new Random(seed);
        var weights = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        foreach (var (name, shape) in model.WeightShapes(vocabularySize, LabelScores.LogitCount(labels)))
        {
            weights.Add(name, SafetensorsTensor.FromFloats(Values(random, name, shape), shape));
        }

        var config = new CheckpointConfig
        {
            Model = model,
            Text = new TextSettings { VocabularySize = vocabularySize, MaximumLength = maximumLength },
            Labels = labels == 2
                ? ["negative", "positive"]
                : [.. Enumerable.Range(1, labels).Select(i => $"{i} stars")],
            Metrics = new Dictionary<string, double> { ["test_accuracy"] = 0.5 },
        };
        return new Checkpoint(config, Words(vocabularySize), weights);
    }

    /// <summary>
    /// Every architecture: cells, directions, layers up to <paramref name="maximumLayers"/>, readouts, and the bag.
    /// </summary>
    internal static IEnumerable<ModelConfig> AllModels(
        int maximumLayers = 2, int embeddingSize = 5, int hiddenSize = 4) =>
        AllRecurrentModels(maximumLayers, embeddingSize, hiddenSize).Append(Bag(embeddingSize));

    /// <summary>A bag of words.</summary>
    internal static ModelConfig Bag(int embeddingSize = 5) => new()
    {
        Cell = CellKind.Bag,
        Bidirectional = false,
        Readout = ReadoutKind.Mean,
        EmbeddingSize = embeddingSize,
    };

    /// <summary>A short name of an architecture, for the names of test cases.</summary>
    internal static string NameOf(ModelConfig model) =>
        $"{model.Cell}{(model.Cell == CellKind.Rnn ? model.Nonlinearity : "")}-{model.Directions}x{model.Layers}" +
        $"-{model.Readout}";

    private static IEnumerable<ModelConfig> AllRecurrentModels(int maximumLayers, int embeddingSize, int hiddenSize) =>
        from cell in new[] { CellKind.Rnn, CellKind.Gru, CellKind.Lstm }
        from nonlinearity in Enum.GetValues<RnnNonlinearity>()
        where cell == CellKind.Rnn || nonlinearity == default
        from bidirectional in new[] { false, true }
        from layers in Enumerable.Range(1, maximumLayers)
        from readout in Enum.GetValues<ReadoutKind>()
        select new ModelConfig
        {
            Cell = cell,
            Nonlinearity = nonlinearity,
            Bidirectional = bidirectional,
            Layers = layers,
            Readout = readout,
            EmbeddingSize = embeddingSize,
            HiddenSize = hiddenSize,
        };

    private static Vocabulary Words(int count) => new(
        Vocabulary.SpecialTokens.Concat(
            Enumerable.Range(Vocabulary.FirstWordId, count - Vocabulary.FirstWordId).Select(id => $"word{id}")));

    private static float[] Values(Random random, string name, IReadOnlyList<long> shape)
    {
        var scale = Scale(name, shape[^1]);
        var values = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((random.NextDouble() * 2) - 1) * scale);
        }

        return values;
    }

    // Uniform in ± the scale. Recurrent matrices stay just below the point where a ReLU network's states would explode.
    private static double Scale(string name, long columns) => name switch
    {
        WeightNames.Embedding => 1.5,
        _ when name.Contains("bias", StringComparison.Ordinal) => 0.5,
        _ when name.StartsWith("recurrent.weight_hh", StringComparison.Ordinal) => 1.2 / Math.Sqrt(columns),
        _ => 1.8 / Math.Sqrt(columns),
    };
}
