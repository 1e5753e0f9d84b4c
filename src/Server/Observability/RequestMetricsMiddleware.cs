using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace OnnxSentiment.Server;

/// <summary>Counts and times every request by route and status: a number over HTTP, a name over gRPC.</summary>
internal sealed class RequestMetricsMiddleware(RequestDelegate next, RequestMetrics metrics, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            metrics.OnRequest(RouteOf(context), StatusOf(context), clock.GetElapsedTime(started));
            if (context.Features.Get<RequestException>() is { } error)
            {
                metrics.OnError(error.Code);
            }
        }
    }

    // A route's pattern, so that no name from a request becomes a label; after an exception the request itself has
    // none.
    private static string RouteOf(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText is { Length: > 0 } pattern
            ? $"/{pattern.TrimStart('/')}"
            : "other";
    }

    private static string StatusOf(HttpContext context) =>
        GrpcStatus.Of(context)?.ToString() ?? context.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
}
