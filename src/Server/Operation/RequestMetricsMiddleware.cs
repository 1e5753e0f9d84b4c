using System.Diagnostics;

namespace OnnxSentiment.Server.Operation;

/// <summary>Counts and times every request by route and status.</summary>
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
            metrics.OnRequest(RouteNames.Of(context), context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
        }
    }
}
