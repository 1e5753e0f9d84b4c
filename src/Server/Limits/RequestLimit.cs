using System.Threading.RateLimiting;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace OnnxSentiment.Server;

/// <summary>
/// Bounds the requests under way at once, and so the bodies in memory; what anonymous callers may ask, such as health,
/// is answered all the same.
/// </summary>
internal static class RequestLimit
{
    public static void AddRequestLimit(this IServiceCollection services, int requests) =>
        services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(context => IsOpen(context)
            ? RateLimitPartition.GetNoLimiter(true)
            : RateLimitPartition.GetConcurrencyLimiter(
                false, _ => new ConcurrencyLimiterOptions { PermitLimit = requests, QueueLimit = 0 }));
        options.OnRejected = (rejected, _) => RefuseAsync(rejected, requests);
    });

    private static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static ValueTask RefuseAsync(OnRejectedContext rejected, int requests) => new(ErrorResponse.WriteAsync(
        rejected.HttpContext,
        new RequestException(
            StatusCode.ResourceExhausted, $"{requests} requests are under way already; try again in a second.")));
}
