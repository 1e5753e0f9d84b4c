using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>A preset's network with random weights, exported and loaded.</summary>
internal sealed class PresetModel : IDisposable
{
    private const int Seed = 1;

    private readonly SentimentModel _model;
    private readonly int _vocabularySize;

    public PresetModel(string preset)
    {
        Preset = preset;
        var recipe = PresetTable.Get(preset);
        _vocabularySize = recipe.Text.VocabularySize;
        var checkpoint = RandomCheckpoint.Create(recipe.Model, Seed, _vocabularySize, recipe.Text.MaximumLength);
        using var file = new MemoryStream(ClassifierExporter.Export(checkpoint).ToByteArray());
        _model = SentimentModel.Load(file, new SentimentModelOptions { Threads = 1 });
    }

    public string Preset { get; }

    /// <summary>What a batch of texts, all of one length, takes.</summary>
    public double Milliseconds(int length, int count)
    {
        var random = new Random(Seed);
        long[] ids =
        [
            .. Enumerable.Range(0, length * count)
                .Select(_ => (long)random.Next(Vocabulary.FirstWordId, _vocabularySize)),
        ];
        var (logits, probabilities) = (new float[count], new float[count]);
        return 1_000 * Repeated.Seconds(() => _model.Score(ids, length, logits, probabilities), Effort.Time(0.5));
    }

    public void Dispose() => _model.Dispose();
}
