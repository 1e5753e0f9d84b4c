using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Whatever the texts, the threads and the size of the batches: a list is its texts one by one, in order.
/// </summary>
public class PredictPropertyTests
{
    private const int Tests = 60;

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Predict_ListInBatchesOfOne_EqualsOneByOneBitForBit() => Property.Holds(
        Lists(maximumThreads: 8, maximumTokens: 1),
        input =>
        {
            using var model = TestModel.Load(input.Options);
            return Difference(model.Predict(input.Texts), OneByOne(input.Texts), tolerance: 0);
        },
        Tests,
        Smaller);

    [Test]
    public void Predict_ListInAnyBatches_EqualsOneByOne() => Property.Holds(
        Lists(maximumThreads: 8, maximumTokens: 2_000),
        input =>
        {
            using var model = TestModel.Load(input.Options);
            return Difference(model.Predict(input.Texts), OneByOne(input.Texts), TestModel.Tolerance);
        },
        Tests,
        Smaller);

    [Test]
    public void Predict_ListOnMoreThreads_EqualsOneThreadBitForBit() => Property.Holds(
        Lists(maximumThreads: 64, maximumTokens: 300),
        input =>
        {
            using var one = TestModel.Load(input.Options with { Threads = 1 });
            using var many = TestModel.Load(input.Options);
            return Difference(many.Predict(input.Texts), one.Predict(input.Texts), tolerance: 0);
        },
        Tests,
        Smaller);

    [Test]
    public void Predict_ModelOfMaximumLengthTwo_EqualsOneByOne()
    {
        var checkpoint = RandomCheckpoint.Create(
            new ModelConfig { EmbeddingSize = 4, HiddenSize = 3 }, seed: 2, maximumLength: 2);
        using var model = TestModel.Load(
            ClassifierExporter.Export(checkpoint).ToByteArray(), new() { Threads = 2, MaximumBatchTokens = 7 });
        Property.Holds(
            Texts.Many,
            texts => Difference(model.Predict(texts), [.. texts.Select(model.Predict)], TestModel.Tolerance)
                ?? texts.Select(text => model.Explain(text).Tokens.Count)
                    .Where(count => count > 1).Select(_ => "explains more than one token").FirstOrDefault(),
            Tests,
            Property.Smaller);
    }

    [Test]
    public void PredictStreamAsync_AnyTexts_EqualsOneByOneInOrder() => Property.Holds(
        Texts.Many,
        texts => Difference(
            [.. _model.PredictStreamAsync(texts.ToAsyncEnumerable()).ToBlockingEnumerable()], OneByOne(texts),
            TestModel.Tolerance),
        Tests,
        Property.Smaller);

    [Test]
    public void BatchingPredictAsync_ManyCallers_EqualsOneByOne() => Property.Holds(
        Lists(maximumThreads: 4, maximumTokens: 300),
        input =>
        {
            using var model = TestModel.Load(input.Options);
            using var batching = new BatchingSentimentModel(model);
            var calls = Task.WhenAll(input.Texts.Select(text => Task.Run(() => batching.PredictAsync(text))));
            return Difference(calls.Result, OneByOne(input.Texts), TestModel.Tolerance);
        },
        Tests,
        Smaller);

    [Test]
    public void Locate_AnyText_FindsTheTokensThatEncodeGivesIds() => Property.Holds(Texts.One, Misplaced, tests: 2_000);

    private static Gen<(string[] Texts, SentimentModelOptions Options)> Lists(int maximumThreads, int maximumTokens) =>
        from texts in Texts.Many
        from threads in Gen.Choose(1, maximumThreads)
        from tokens in Gen.Choose(1, maximumTokens)
        select (texts, new SentimentModelOptions { Threads = threads, MaximumBatchTokens = tokens });

    private static IEnumerable<(string[] Texts, SentimentModelOptions Options)> Smaller(
        (string[] Texts, SentimentModelOptions Options) input) =>
        Property.Smaller(input.Texts).Select(texts => (texts, input.Options));

    private SentimentPrediction[] OneByOne(string[] texts) => Array.ConvertAll(texts, _model.Predict);

    // Every place, cut out and encoded alone, has to give the id that the whole text has there.
    private string? Misplaced(string text)
    {
        var ids = _model.Engine.Encoder.Encode(text);
        var places = _model.Engine.Encoder.Locate(text);
        var end = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var (start, length) = places[i].GetOffsetAndLength(text.Length);
            if (start < end || !_model.Engine.Encoder.Encode(text[places[i]]).SequenceEqual([1, ids[i + 1]]))
            {
                return $"token {i} at {places[i]} does not have the id {ids[i + 1]}";
            }

            end = start + length;
        }

        return places.Length == ids.Length - 1 ? null : $"{places.Length} places for {ids.Length} ids";
    }

    private static string? Difference(
        IReadOnlyList<SentimentPrediction> found, IReadOnlyList<SentimentPrediction> expected, double tolerance)
    {
        if (found.Count != expected.Count)
        {
            return $"{found.Count} predictions for {expected.Count} texts";
        }

        for (var i = 0; i < found.Count; i++)
        {
            if (!(Math.Abs(found[i].Logit - expected[i].Logit) <= tolerance
                    && Math.Abs(found[i].Probability - expected[i].Probability) <= tolerance)
                || found[i].Label != (found[i].Probability >= 0.5f ? "positive" : "negative"))
            {
                return $"text {i}: {found[i]} instead of {expected[i]}";
            }
        }

        return null;
    }
}
