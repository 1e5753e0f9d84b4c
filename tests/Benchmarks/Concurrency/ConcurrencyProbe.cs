using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>Many callers of one model: each computes its own text, or all share batches.</summary>
internal sealed class ConcurrencyProbe(Reviews reviews, string path) : IDisposable
{
    public const string Direct = "SentimentModel.Predict, a thread a caller";
    public const string Pooled = "SentimentModel.PredictAsync";
    public const string Batching = "BatchingSentimentModel.PredictAsync";

    private readonly SentimentModel _model = SentimentModel.Load(path);

    /// <summary>Measures all ways by turns.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="callers">How many callers.</param>
    /// <param name="time">For each way and round.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<Load>> Run(int rounds, int callers, TimeSpan time)
    {
        using var batching = new BatchingSentimentModel(_model);
        var loads = new Dictionary<string, List<Load>>();
        Rounds.Run(rounds, [
            (Direct, Keep(Direct, () => Callers.OnThreads(callers, time, i => _model.Predict(Text(i))))),
            (Pooled, Keep(Pooled, () => Callers.Waiting(callers, time, i => _model.PredictAsync(Text(i))))),
            (Batching, Keep(Batching, () => Callers.Waiting(callers, time, i => batching.PredictAsync(Text(i))))),
        ]);

        // The first of each is that of the round to warm up.
        return loads.ToDictionary(load => load.Key, load => (IReadOnlyList<Load>)load.Value[1..]);

        Func<double> Keep(string name, Func<Load> measure)
        {
            loads[name] = [];
            return () =>
            {
                var load = measure();
                loads[name].Add(load);
                return load.TextsPerSecond;
            };
        }
    }

    public void Dispose() => _model.Dispose();

    private string Text(int i) => reviews.Texts[i % reviews.Texts.Count];
}
