using System.Diagnostics.Metrics;

namespace OnnxSentiment.Server;

/// <summary>The gauges of what is served.</summary>
internal static class RepositoryMetrics
{
    /// <summary>The meter of all that the server measures itself.</summary>
    public const string MeterName = "OnnxSentiment.Server";

    public static void Observe(ModelRepository repository, IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "onnx_sentiment.server.queue.length", () => Of(repository, version => version.Queue.QueueLength), "{text}",
            "Texts that wait now.");
        meter.CreateObservableGauge(
            "onnx_sentiment.server.queue.capacity", () => Of(repository, version => version.Queue.MaximumQueueLength),
            "{text}", "Texts that wait at most.");
        meter.CreateObservableGauge(
            "onnx_sentiment.server.models", () => Of(repository, _ => 1), "{model}", "Model versions that are served.");
    }

    private static IEnumerable<Measurement<int>> Of(ModelRepository repository, Func<ModelVersion, int> value) =>
        repository.Served.Select(version => new Measurement<int>(
            value(version), new("model", version.Name), new KeyValuePair<string, object?>("version", version.Version)));
}
