using OnnxSentiment.Core;

using static OnnxSentiment.Benchmarks.Checkout;

namespace OnnxSentiment.Benchmarks;

/// <summary>Who takes part.</summary>
internal static class Entries
{
    public const string Ours = "ours, list, float32";
    public const string OursInt8 = "ours, list, int8";
    public const string Kernels = "bare ONNX Runtime, batches ready, float32";
    public const string KernelsInt8 = "bare ONNX Runtime, batches ready, int8";
    public const string Usual = "usual call: one text padded, default session";

    private const int Batch = 32;

    /// <summary>Those that the bounds are about.</summary>
    public static IReadOnlyList<Entry> Bounded(Reviews reviews, TextEncoder encoder) =>
    [
        new(Ours, () => new OurLibrary(reviews.Texts, Model)),
        new(OursInt8, () => new OurLibrary(reviews.Texts, Int8Model), Entry.Int8),
        new(Kernels, () => new BareBatches(reviews.Texts, Model, encoder)),
        new(KernelsInt8, () => new BareBatches(reviews.Texts, Int8Model, encoder), Entry.Int8),
        new(Usual, () => new PlainSession(reviews.Texts, Model, encoder, batch: 1, encoder.Settings.MaximumLength)),
    ];

    public static IReadOnlyList<Entry> All(Reviews reviews, TextEncoder encoder)
    {
        var texts = reviews.Texts;
        return
        [
            .. Bounded(reviews, encoder),
            new("ours, one by one, float32", () => new OurLibrary(texts, Model, oneByOne: true)),
            new("ours, one by one, int8", () => new OurLibrary(texts, Int8Model, oneByOne: true), Entry.Int8),
            new(
                "default session, one text, not padded",
                () => new PlainSession(texts, Model, encoder, batch: 1, length: null)),
            new(
                "default session, padded batches of 32",
                () => new PlainSession(texts, Model, encoder, Batch, length: null)),
            new(
                "PyTorch's plain graph, one text, not padded",
                () => new PlainSession(texts, TorchGraphs.Plain, encoder, batch: 1, length: null)),
            new(
                "PyTorch's packed graph, padded batches of 32",
                () => new PlainSession(texts, TorchGraphs.Packed(Batch), encoder, Batch, length: null)),
            new(
                "TorchSharp eager, one text, one thread",
                () => new TorchSharpEager(texts, encoder, batch: 1, threads: 1)),
            new(
                "TorchSharp eager, one text, all cores",
                () => new TorchSharpEager(texts, encoder, batch: 1, Environment.ProcessorCount)),
            new(
                "TorchSharp eager, padded batches of 32",
                () => new TorchSharpEager(texts, encoder, Batch, Environment.ProcessorCount)),
            new(
                "ML.NET prediction engine, one text padded",
                () => new MlNetScoring(texts, encoder, Model, oneByOne: true)),
            new("ML.NET transformation of a list", () => new MlNetScoring(texts, encoder, Model, oneByOne: false)),
            new("onnxruntime-node, one text padded, ids ready", () => new NodeRuntime(texts, encoder, Model, batch: 1)),
            new(
                "onnxruntime-node, padded batches of 32, ids ready",
                () => new NodeRuntime(texts, encoder, Model, Batch)),
            new("fastText, another model, words ready", () => new FastText(reviews), SameWeights: null),
        ];
    }
}
