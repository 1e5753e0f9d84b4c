using System.Diagnostics.Metrics;
using OnnxSentiment.Runtime;
using OpenTelemetry.Metrics;

namespace OnnxSentiment.Server;

/// <summary>Registers metrics and traces.</summary>
internal static class ObservabilitySetup
{
    private static readonly string[] Meters =
        [RepositoryMetrics.MeterName,
            SentimentTelemetry.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddObservability(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestMetrics>();
        builder.Services.AddOpenTelemetry().WithMetrics(
            metrics => metrics.AddMeter(Meters).AddPrometheusExporter(exporter =>
        {
            // Every name says whose it is; what is asked for twice at once is computed twice.
            exporter.ScopeInfoEnabled = false;
            exporter.TargetInfoEnabled = false;
            exporter.ScrapeResponseCacheDurationMilliseconds = 0;
        }));
        builder.AddTraces();
    }

    public static void UseRequestMetrics(this WebApplication app)
    {
        RepositoryMetrics.Observe(
            app.Services.GetRequiredService<ModelRepository>(), app.Services.GetRequiredService<IMeterFactory>());
        app.UseMiddleware<RequestMetricsMiddleware>();
    }

    public static void MapObservability(this WebApplication app)
    {
        var scrape = ((IApplicationBuilder)app).New().UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();
        var metrics = app.MapGet("/metrics", (Delegate)((HttpContext context) => scrape(context)))
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithTags("operation").WithSummary("Figures in Prometheus' text format.");
        if (app.Services.GetRequiredService<SecurityOptions>().MetricsWithoutKey)
        {
            metrics.AllowAnonymous();
        }
    }
}
