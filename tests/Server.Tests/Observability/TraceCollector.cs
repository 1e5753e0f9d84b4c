using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnnxSentiment.Server.Tests.Proto;

namespace OnnxSentiment.Server.Tests;

/// <summary>A collector of traces behind a real socket, as a server's settings name it.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private const string Path = "/v1/traces";

    private readonly WebApplication _app;
    private readonly MemoryStream _received = new();

    private TraceCollector(WebApplication app)
    {
        _app = app;
        app.MapPost(Path, ReceiveAsync);
    }

    /// <summary>What makes a server send its traces here soon.</summary>
    public string[] Settings =>
        [$"OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.Single()}",
            "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_BSP_SCHEDULE_DELAY=50"];

    /// <summary>All that has come. Messages of protobuf behind each other are one message.</summary>
    public ExportTraceServiceRequest Received
    {
        get
        {
            lock (_received)
            {
                return ExportTraceServiceRequest.Parser.ParseFrom(_received.ToArray());
            }
        }
    }

    /// <summary>All spans but those of this collector, which lives in the traced process.</summary>
    public IEnumerable<Span> Spans =>
        Received.ResourceSpans.SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)
        .Where(span => span.Attributes.All(attribute => attribute.Value.StringValue != Path));

    /// <summary>All that has come as if it were text, to look for what must not be there.</summary>
    public string Bytes
    {
        get
        {
            lock (_received)
            {
                return System.Text.Encoding.Latin1.GetString(_received.ToArray());
            }
        }
    }

    public static async Task<TraceCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = new TraceCollector(builder.Build());
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        lock (_received)
        {
            _received.Write(body.GetBuffer(), 0, (int)body.Length);
        }

        return Results.Bytes([], "application/x-protobuf");
    }
}
