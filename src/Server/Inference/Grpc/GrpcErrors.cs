using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OnnxSentiment.Server;

/// <summary>Turns whatever a call ends with into a status and one count by its reason.</summary>
internal sealed class GrpcErrors(ServerMetrics metrics, ILogger<GrpcErrors> logger) : Interceptor
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
            if (error.Reason == ErrorReason.Internal)
            {
                // The type and the place of a defect; its message could quote a text.
                logger.RequestFailed("gRPC", context.Method, e.GetType().Name, $"\n{e.StackTrace}");
            }

            metrics.OnError(error.Reason);
            throw GrpcStatus.ToException(error);
        }
    }

    // At its deadline a call is cancelled as if the caller had gone.
    private static RequestException Of(Exception error, ServerCallContext context) =>
        error is OperationCanceledException && context.Deadline <= DateTime.UtcNow
            ? RequestException.Of(new TimeoutException(), CancellationToken.None)
            : RequestException.Of(error, context.CancellationToken);
}
