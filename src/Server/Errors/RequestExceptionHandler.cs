using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;

namespace OnnxSentiment.Server;

/// <summary>Answers a request that ended with an exception, and logs defects.</summary>
internal sealed class RequestExceptionHandler(ILogger<RequestExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var error = RequestErrors.Of(exception, httpContext.RequestAborted);
        if (error.Code == StatusCode.Internal)
        {
            // The handler has taken the endpoint from the request.
            var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;
            logger.RequestFailed(endpoint ?? httpContext.Request.Method, exception);
        }

        await ErrorResponse.WriteAsync(httpContext, error);
        return true;
    }
}
