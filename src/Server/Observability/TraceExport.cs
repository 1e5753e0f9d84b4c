using OnnxSentiment.Core;
using OnnxSentiment.Runtime;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OnnxSentiment.Server;

/// <summary>
/// Sends traces by OTLP if a collector's address is set, by OpenTelemetry's own names, in the environment or in any
/// other configuration: a span for each request, and one for each run of a model, linked to the requests that shared
/// it.
/// </summary>
internal static class TraceExport
{
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    // Asked every few seconds by machines, so that they would bury everything else.
    private static readonly PathString[] Untraced = ["/v2/health", "/metrics"];

    /// <exception cref="InvalidInputException">The address is none.</exception>
    public static void AddTraces(this WebApplicationBuilder builder)
    {
        var endpoints = Endpoints.Where(name => !string.IsNullOrEmpty(builder.Configuration[name])).ToList();
        endpoints.ForEach(name => Check(name, builder.Configuration[name]!));
        if (endpoints.Count == 0)
        {
            return;
        }

        // What the environment says about the service wins.
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(ServerIdentity.Name, serviceVersion: ServerIdentity.Version)
                .AddEnvironmentVariableDetector())
            .WithTracing(traces => traces
                .AddSource(SentimentTelemetry.ActivitySourceName)
                .AddAspNetCoreInstrumentation(
                    options => options.Filter = context => !Array.Exists(
                        Untraced, path => context.Request.Path.StartsWithSegments(path)))
                .AddOtlpExporter());
    }

    private static void Check(string name, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new InvalidInputException(
                $"{name} is '{address}', but a collector's address was expected, for instance http://127.0.0.1:4317.");
        }
    }
}
