using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OnnxSentiment.Server;

/// <summary>Turns whatever a call ends with into a status.</summary>
internal sealed class GrpcErrors(ILogger<GrpcErrors> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e)
        {
            var error = Of(e, context);
            if (error.Code == StatusCode.Internal)
            {
                logger.RequestFailed(context.Method, e);
            }

            context.GetHttpContext().Features.Set(error);
            throw GrpcStatus.ToException(error);
        }
    }

    // At its deadline a call is cancelled as if the caller had gone.
    private static RequestException Of(Exception error, ServerCallContext context) =>
        error is OperationCanceledException && context.Deadline <= DateTime.UtcNow
            ? RequestErrors.Of(new TimeoutException(), CancellationToken.None)
            : RequestErrors.Of(error, context.CancellationToken);
}
