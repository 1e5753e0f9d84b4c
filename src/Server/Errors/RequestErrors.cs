using Grpc.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>Which error a request ends with, and the one table from gRPC's codes to HTTP.</summary>
internal static class RequestErrors
{
    private const string Failed = "The server failed to answer; its log says more.";

    /// <summary>The status of a code.</summary>
    public static int StatusOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.Unimplemented => StatusCodes.Status405MethodNotAllowed,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Any exception as an error of the request; of an unexpected one, the message is not told.</summary>
    public static RequestException Of(Exception exception, CancellationToken aborted) => exception switch
    {
        RequestException own => own,
        QueueFullException full => new(
            StatusCode.ResourceExhausted, $"The queue is full: {full.QueueLength} texts wait; try again in a second."),
        TimeoutException => new(
            StatusCode.DeadlineExceeded,
            "The answer was not there before the deadline; the server is asked for more than it can compute."),
        OperationCanceledException or IOException when aborted.IsCancellationRequested => Cancelled(),
        ObjectDisposedException => new(
            StatusCode.Unavailable, "The server stops; ask another one, or try again later."),
        BadHttpRequestException bad => OfFraming(bad.StatusCode),
        _ => new(StatusCode.Internal, Failed),
    };

    /// <summary>What ended with a status and no word that says why.</summary>
    public static RequestException OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(
            StatusCode.NotFound, "There is nothing at this address; openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new(
            StatusCode.Unimplemented, "This address has another method; the header Allow names it."),
        StatusCodes.Status415UnsupportedMediaType => RequestException.MediaType(
            "The body has to be JSON, with the header 'Content-Type: application/json'."),
        StatusCodes.Status499ClientClosedRequest => Cancelled(),
        >= 500 => new(StatusCode.Internal, Failed),
        _ => RequestException.Invalid("The request is not as this address expects it."),
    };

    private static RequestException OfFraming(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => RequestException.TooLarge(
            "The body is larger than the server reads: send fewer texts at once."),
        StatusCodes.Status408RequestTimeout => new(
            StatusCode.DeadlineExceeded, "The body came too slowly.", StatusCodes.Status408RequestTimeout),
        _ => RequestException.Invalid(
            "The request is no whole HTTP request: its body ends too early or its framing is wrong."),
    };

    private static RequestException Cancelled() => new(StatusCode.Cancelled, "The caller has gone.");
}
