using System.Diagnostics;
using System.Globalization;

namespace OnnxSentiment.Server;

/// <summary>Counts and times every request by route and status: a number over HTTP, a name over gRPC.</summary>
internal sealed class RequestMetricsMiddleware(RequestDelegate next, ServerMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            metrics.OnRequest(RouteNames.Of(context), StatusOf(context), Stopwatch.GetElapsedTime(started));
        }
    }

    private static string StatusOf(HttpContext context) =>
        GrpcStatus.Of(context)?.ToString() ?? context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
}
