using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>Real texts, as strings and as ids, and what float32 gives for them on the processor.</summary>
/// <param name="Texts">As they were read.</param>
/// <param name="Encoded">Their ids.</param>
/// <param name="Expected">The processor's predictions.</param>
/// <param name="TokenizedPerSecond">Texts a second on all cores, tokenizing alone.</param>
internal sealed record GpuSample(
    string[] Texts, ModelInput[] Encoded, SentimentPrediction[] Expected, double TokenizedPerSecond)
{
    // A GPU is done with fewer before a clock can tell.
    private static readonly int Size = Effort.Texts(20_000);

    public int Count => Texts.Length;

    public double MeanLength => Encoded.Average(text => text.Length);

    /// <summary>Reads the data that the environment names: its test split or, where it has none, all of it.</summary>
    public static GpuSample Read()
    {
        var data = DatasetReader.Read(Reviews.Path());
        var all = data.Test.Count > 0 ? data.Test : data.Train;
        string[] texts = [.. Enumerable.Range(0, Size).Select(i => all[(int)((long)i * all.Count / Size)].Text)];
        using var model = SentimentModel.Load(Checkout.Model, new() { Device = Device.Cpu });
        var encoded = new ModelInput[texts.Length];
        var seconds = Seconds(3, () => Parallel.For(0, texts.Length, i => encoded[i] = model.Engine.Prepare(texts[i])));
        return new GpuSample(
            texts, encoded, Predict(model, encoded, model.Engine.Limits), texts.Length / seconds.Median);
    }

    /// <summary>Predicts all texts from their ids, in batches and side by side as the limits say.</summary>
    public SentimentPrediction[] Predict(SentimentModel model, RunLimits limits) => Predict(model, Encoded, limits);

    /// <summary>Texts a second of some rounds, after one that does not count.</summary>
    public Series TextsPerSecond(int rounds, Action all) =>
        new([.. Seconds(rounds, all).Values.Select(seconds => Count / seconds)]);

    private static Series Seconds(int rounds, Action all)
    {
        all();
        return new([.. Enumerable.Range(0, Effort.Rounds(rounds)).Select(_ => Repeated.Seconds(all, TimeSpan.Zero))]);
    }

    private static SentimentPrediction[] Predict(SentimentModel model, ModelInput[] encoded, RunLimits limits)
    {
        var predictions = new SentimentPrediction[encoded.Length];
        new ListPredictor(model.Engine, limits).Predict(encoded, predictions, CancellationToken.None);
        return predictions;
    }
}
