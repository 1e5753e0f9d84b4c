namespace OnnxSentiment.Core.Tests;

/// <summary>A small valid checkpoint, for tests that break it.</summary>
internal static class Examples
{
    public static Vocabulary Vocabulary { get; } = new([.. Vocabulary.SpecialTokens, "good", "don't", "\ufffd"]);

    public static CheckpointConfig Config { get; } = new()
    {
        Model = new()
        {
            Cell = CellKind.Gru,
            EmbeddingSize = 3,
            HiddenSize = 2,
            Readout = ReadoutKind.MaxMean,
            ReadoutDropout = 0.5,
        },
        Text = new() { Tokenizer = TokenizerKind.KerasPunctuation, VocabularySize = 100, MaximumLength = 20 },
        Labels = ["negative", "positive"],
        Training = new() { ["epochs"] = 3, ["learning_rate"] = 0.001 },
        Data = new()
        {
            Source = "reviews.csv",
            Sha256 = new string('0', 64),
            TrainCount = 9,
            ValidationCount = 1,
            TestCount = 5,
        },
        Metrics = new Dictionary<string, double> { ["test_accuracy"] = 0.1 + 0.2 },
    };

    public static Checkpoint Checkpoint => new(Config, Vocabulary, Weights());

    public static Dictionary<string, SafetensorsTensor> Weights()
    {
        var random = new Random(7);
        return Config.Model.WeightShapes(Vocabulary.Count).ToDictionary(weight => weight.Name, weight =>
        {
            var values = new float[weight.Shape.Aggregate(1L, (a, b) => a * b)];
            return SafetensorsTensor.FromFloats([.. values.Select(_ => random.NextSingle())], weight.Shape);
        });
    }
}
