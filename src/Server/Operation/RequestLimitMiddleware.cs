using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;

namespace OnnxSentiment.Server;

/// <summary>Bounds the requests under way at once, and so the bodies in memory; health is answered all the same.</summary>
internal sealed class RequestLimitMiddleware(RequestDelegate next, LimitOptions limits)
{
    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = limits.Requests, QueueLimit = 0 });

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        using var permit = _limiter.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            throw new RequestException(ErrorReason.Overloaded, $"{limits.Requests} requests are under way already; try again in a second.");
        }

        await next(context);
    }
}
