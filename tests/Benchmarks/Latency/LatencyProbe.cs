using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Times single calls one by one, ours and the bare one by turns, so that both see the same moment of the machine.
/// </summary>
internal sealed class LatencyProbe : IDisposable
{
    private static readonly int CallsInRound = Effort.Texts(2_000);

    private readonly string[] _texts;
    private readonly SentimentModel _model;
    private readonly BareCall _bare;

    /// <param name="reviews">Where the texts come from.</param>
    /// <param name="encoder">The model's.</param>
    /// <param name="ids">The length of all texts.</param>
    public LatencyProbe(Reviews reviews, TextEncoder encoder, int ids)
    {
        _texts = ShortTexts.Of(reviews, encoder, ids);
        _model = SentimentModel.Load(Checkout.Model);
        _bare = new BareCall(Checkout.Model, Array.ConvertAll(_texts, text => encoder.Encode(text)));
    }

    /// <summary>Measures rounds of calls.</summary>
    public LatencyFigures Run(int rounds)
    {
        var (ours, bare) = (new List<double[]>(), new List<double[]>());
        for (var round = 0; round <= rounds; round++)
        {
            var (oursNow, bareNow) = Round();
            if (round > 0)
            {
                ours.Add(oursNow);
                bare.Add(bareNow);
            }
        }

        return new LatencyFigures(Medians(ours), Medians(bare), Share(ours, 0.99), Share(bare, 0.99), BytesPerCall());
    }

    public void Dispose()
    {
        _bare.Dispose();
        _model.Dispose();
    }

    private static Series Medians(List<double[]> rounds) =>
        new([.. rounds.Select(calls => Series.Quantile(calls, 0.5))]);

    private static double Share(List<double[]> rounds, double share) =>
        Series.Quantile(rounds.SelectMany(calls => calls), share);

    private (double[] Ours, double[] Bare) Round()
    {
        var (ours, bare) = (new double[CallsInRound], new double[CallsInRound]);
        for (var call = 0; call < CallsInRound; call++)
        {
            var text = call % _texts.Length;
            var start = Stopwatch.GetTimestamp();
            var prediction = _model.Predict(_texts[text]);
            var between = Stopwatch.GetTimestamp();
            var probability = _bare.Run(text);
            var end = Stopwatch.GetTimestamp();
            ours[call] = Stopwatch.GetElapsedTime(start, between).TotalMilliseconds;
            bare[call] = Stopwatch.GetElapsedTime(between, end).TotalMilliseconds;
            if (prediction.Probability != probability)
            {
                throw new InvalidOperationException(
                    $"Text {text}: ours gave {prediction.Probability}, the bare call {probability}.");
            }
        }

        return (ours, bare);
    }

    private double BytesPerCall()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < CallsInRound; call++)
        {
            _model.Predict(_texts[call % _texts.Length]);
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / CallsInRound;
    }
}

/// <summary>What single calls took, in milliseconds.</summary>
/// <param name="Ours">The median call, round by round.</param>
/// <param name="Bare">The median bare call, round by round.</param>
/// <param name="OursP99">Of all calls, 99 of 100 were faster.</param>
/// <param name="BareP99">Of all bare calls, 99 of 100 were faster.</param>
/// <param name="BytesPerCall">What one of our calls allocated on the managed heap.</param>
internal sealed record LatencyFigures(Series Ours, Series Bare, double OursP99, double BareP99, double BytesPerCall);
