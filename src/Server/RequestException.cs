using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>A request that cannot be answered.</summary>
/// <param name="reason">What each protocol's code is derived from.</param>
/// <param name="message">One sentence for the caller; nothing of a text is ever in it.</param>
internal sealed class RequestException(ErrorReason reason, string message) : Exception(message)
{
    public ErrorReason Reason => reason;

    /// <summary>Any error that a request can end with, as one; of an unexpected one, the message is not told.</summary>
    public static RequestException Of(Exception error, CancellationToken aborted) => error switch
    {
        RequestException own => own,
        QueueFullException full => new(ErrorReason.Overloaded, $"The queue is full: {full.QueueLength} texts wait; try again in a second."),
        TimeoutException => new(ErrorReason.Deadline, "The answer was not there before the deadline; the server is asked for more than it can compute."),
        OperationCanceledException or IOException when aborted.IsCancellationRequested => new(ErrorReason.Cancelled, "The caller has gone."),
        ObjectDisposedException => new(ErrorReason.Unavailable, "The server stops; ask another one, or try again later."),
        BadHttpRequestException bad => OfHttp(bad.StatusCode),
        _ => new(ErrorReason.Internal, "The server failed to answer; its log says more."),
    };

    private static RequestException OfHttp(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => new(ErrorReason.TooLarge, "The body is larger than the server reads: send fewer texts at once."),
        StatusCodes.Status408RequestTimeout => new(ErrorReason.Slow, "The body came too slowly."),
        _ => new(ErrorReason.Invalid, "The request is no whole HTTP request: its body ends too early or its framing is wrong."),
    };
}
