using System.Diagnostics.Metrics;

namespace OnnxSentiment.Server;

/// <summary>The server's own instruments, beside those of the runtime.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "OnnxSentiment.Server";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;

    public ServerMetrics(ModelRepository repository)
    {
        _requests = _meter.CreateCounter<long>("onnx_sentiment.server.requests", "{request}", "Requests by endpoint and status.");
        _errors = _meter.CreateCounter<long>("onnx_sentiment.server.errors", "{request}", "Requests without an answer, by reason.");
        _duration = _meter.CreateHistogram("onnx_sentiment.server.request.duration", "s", "Time of a request by endpoint.", tags: null, Seconds);
        _meter.CreateObservableGauge("onnx_sentiment.server.queue.length", () => Of(repository, v => v.Queue.QueueLength), "{text}", "Texts that wait now.");
        _meter.CreateObservableGauge("onnx_sentiment.server.queue.capacity", () => Of(repository, v => v.Queue.MaximumQueueLength), "{text}", "Texts that wait at most.");
        _meter.CreateObservableGauge("onnx_sentiment.server.models", () => Of(repository, _ => 1), "{model}", "Model versions that are served.");
    }

    /// <summary>After a request.</summary>
    public void OnRequest(string endpoint, string status, TimeSpan time)
    {
        var tag = new KeyValuePair<string, object?>("endpoint", endpoint);
        _requests.Add(1, tag, new("status", status));
        _duration.Record(time.TotalSeconds, tag);
    }

    /// <summary>When a request ends without an answer.</summary>
    public void OnError(ErrorReason reason) => _errors.Add(1, new KeyValuePair<string, object?>("reason", Name(reason)));

    public void Dispose() => _meter.Dispose();

    private static string Name(ErrorReason reason) => reason switch
    {
        ErrorReason.TooLarge => "too_large",
        ErrorReason.NotFound => "not_found",
        ErrorReason.MediaType => "media_type",
        _ => reason.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<Measurement<int>> Of(ModelRepository repository, Func<ModelVersion, int> value) =>
        repository.Served.Select(version => new Measurement<int>(value(version), new("model", version.Name), new KeyValuePair<string, object?>("version", version.Version)));
}
