using OnnxSentiment.Runtime;
using OpenTelemetry.Metrics;

namespace OnnxSentiment.Server;

/// <summary>Registers what keeps the server running, and the pipeline that every request goes through.</summary>
internal static class OperationServices
{
    public static void AddOperation(this WebApplicationBuilder builder)
    {
        ListenAddresses.Configure(builder);
        var limits = builder.Configuration.Read<LimitOptions>("Limits").Validated(builder.Configuration.Read<BatchingSettings>("Batching"));
        var shutdown = builder.Configuration.Read<ShutdownOptions>("Shutdown").Validated();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdown.Delay + shutdown.Timeout);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton(shutdown);
        builder.Services.AddSingleton(builder.Configuration.Read<SecurityOptions>("Security").Validated());
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.ConfigureHttpJsonOptions(json => ServerJson.Configure(json.SerializerOptions));
        builder.Services.AddRequestDecompression();
        builder.Services.AddApiDocument();
        builder.AddMetrics();
        builder.AddTraces();
        FreeThreadsForRequests();
    }

    /// <summary>The order matters: whatever a later part throws, an earlier one turns into an answer and counts.</summary>
    public static void UseOperation(this WebApplication app)
    {
        app.UseMiddleware<RequestMetricsMiddleware>();
        app.UseMiddleware<ConnectionMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UsePage();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.UseMiddleware<RequestLimitMiddleware>();
        app.UseRequestDecompression();
        app.WarnIfUnprotected();
    }

    private static void AddMetrics(this WebApplicationBuilder builder)
    {
        var exporter = new PrometheusExporter();
        builder.Services.AddSingleton(exporter);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ServerMetrics.MeterName, SentimentTelemetry.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddReader(new BaseExportingMetricReader(exporter)));
    }

    // Runs of the graph occupy as many threads of the pool as the machine has cores. The pool begins with no more than that, and
    // adds one every half second: until then nobody would read requests.
    private static void FreeThreadsForRequests()
    {
        ThreadPool.GetMinThreads(out var workers, out var completion);
        ThreadPool.SetMinThreads(Math.Max(workers, 4 * Environment.ProcessorCount), completion);
    }
}
