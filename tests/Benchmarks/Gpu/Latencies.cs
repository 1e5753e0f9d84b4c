using System.Diagnostics;
using OnnxSentiment.Runtime;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>One text at a time.</summary>
internal static class Latencies
{
    private static readonly int Calls = Effort.Texts(500);

    public static void AddTo(Report report, GpuSample sample, SentimentModelOptions options)
    {
        report.Add($"""
            ## One text at a time

            {Calls} texts of the list, float32, one call after the other, from texts; a first pass does not count.
            """);
        report.AddTable(
            ["device", "median, ms", "99 %, ms", "logit: largest"],
            [Row(sample, new() { Device = Device.Cpu }), Row(sample, options)]);
    }

    private static string[] Row(GpuSample sample, SentimentModelOptions options)
    {
        using var model = SentimentModel.Load(Checkout.Model, options);
        Array.ForEach(sample.Texts[..Calls], text => model.Predict(text));
        var (milliseconds, predictions) = (new double[Calls], new SentimentPrediction[Calls]);
        for (var i = 0; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            predictions[i] = model.Predict(sample.Texts[i]);
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return
        [
            $"{model.Device}", Format(Series.Quantile(milliseconds, 0.5), "0.00"),
            Format(Series.Quantile(milliseconds, 0.99), "0.00"),
            new Differences(predictions, sample.Expected[..Calls]).LargestLogit,
        ];
    }
}
