using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>A small bidirectional LSTM with random weights, exported, and damaged where a test asks for it.</summary>
internal static class TestModel
{
    /// <summary>
    /// Single precision in ONNX Runtime against double precision: states and sums of a dozen values near 1, so errors
    /// are some 1e-6; the bound is on logits and probabilities, absolute.
    /// </summary>
    public const double Tolerance = 1e-5;

    public static readonly Checkpoint Checkpoint =
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 16, HiddenSize = 12 }, seed: 4);

    private static readonly byte[] Exported = ClassifierExporter.Export(Checkpoint).ToByteArray();

    public static byte[] Bytes(Action<ModelProto>? change = null)
    {
        var model = ModelProto.Parser.ParseFrom(Exported);
        change?.Invoke(model);
        return model.ToByteArray();
    }

    public static SentimentModel Load(SentimentModelOptions? options = null) => Load(Bytes(), options);

    public static SentimentModel Load(byte[] bytes, SentimentModelOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return SentimentModel.Load(stream, options);
    }

    /// <summary>Replaces the metadata of a model.</summary>
    public static void SetMetadata(this ModelProto model, Func<ModelMetadata, ModelMetadata> change)
    {
        var metadata = change(ModelMetadata.Of(Checkpoint));
        model.MetadataProps.Clear();
        model.MetadataProps.Add(metadata.ToProperties().Select(
            property => new StringStringEntryProto { Key = property.Key, Value = property.Value }));
    }

    /// <summary>The vocabulary with words more, or with the last words missing.</summary>
    public static Vocabulary VocabularyOf(int count) => new(
        Checkpoint.Vocabulary.Tokens.Take(count)
            .Concat(Enumerable.Range(0, Math.Max(0, count - Checkpoint.Vocabulary.Count)).Select(i => $"more{i}")));
}
