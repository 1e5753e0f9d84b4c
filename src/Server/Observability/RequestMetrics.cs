using System.Diagnostics.Metrics;
using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>The instruments of requests, beside those of the repository and of the runtime. Thread-safe.</summary>
internal sealed class RequestMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;

    public RequestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RepositoryMetrics.MeterName);
        _requests = meter.CreateCounter<long>(
            "onnx_sentiment.server.requests", "{request}", "Requests by endpoint and status.");
        _errors = meter.CreateCounter<long>(
            "onnx_sentiment.server.errors", "{request}", "Requests without an answer, by gRPC's code.");
        _duration = meter.CreateHistogram(
            "onnx_sentiment.server.request.duration", "s", "Time of a request by endpoint.", tags: null, Seconds);
    }

    /// <summary>After a request.</summary>
    public void OnRequest(string endpoint, string status, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("endpoint", endpoint);
        _requests.Add(1, tag, new("status", status));
        _duration.Record(time.TotalSeconds, tag);
    }

    /// <summary>When a request ends without an answer.</summary>
    public void OnError(StatusCode code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code.ToString()));
}
