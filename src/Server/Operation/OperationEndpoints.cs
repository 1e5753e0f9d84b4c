namespace OnnxSentiment.Server;

/// <summary>Figures and the description of the endpoints.</summary>
internal static class OperationEndpoints
{
    public static void MapOperation(this WebApplication app)
    {
        var metrics = app.MapGet("/metrics", (PrometheusExporter exporter) => TypedResults.Text(exporter.Scrape(), PrometheusExporter.ContentType))
            .WithTags("operation").WithSummary("Figures in Prometheus' text format.");
        if (app.Services.GetRequiredService<SecurityOptions>().MetricsWithoutKey)
        {
            metrics.AllowAnonymous();
        }

        app.MapOpenApi();
    }
}
