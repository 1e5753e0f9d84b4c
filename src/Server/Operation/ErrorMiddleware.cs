using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>
/// Turns whatever a request ends with into one JSON object <c>{"error": …}</c>, or for gRPC into a status, and one count by its
/// reason.
/// </summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ServerMetrics metrics, ILogger<ErrorMiddleware> logger)
{
    // A client that closed its connection sees nothing; the number is what proxies log for it.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (Unsaid(context) is { } error)
            {
                await AnswerAsync(context, error);
            }
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var error = RequestException.Of(e, context.RequestAborted);
            LogDefect(context, error, e);
            await AnswerAsync(context, error);
        }
    }

    /// <summary>The status of an error.</summary>
    internal static int StatusOf(ErrorReason reason) => reason switch
    {
        ErrorReason.Invalid => StatusCodes.Status400BadRequest,
        ErrorReason.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorReason.Forbidden => StatusCodes.Status403Forbidden,
        ErrorReason.NotFound => StatusCodes.Status404NotFound,
        ErrorReason.Method => StatusCodes.Status405MethodNotAllowed,
        ErrorReason.Slow => StatusCodes.Status408RequestTimeout,
        ErrorReason.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorReason.MediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorReason.Overloaded => StatusCodes.Status429TooManyRequests,
        ErrorReason.Cancelled => ClientClosedRequest,
        ErrorReason.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorReason.Deadline => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    // What ended with a code and no word that says why.
    private static RequestException? Unsaid(HttpContext context) => context.Response switch
    {
        { HasStarted: true } => null,
        { StatusCode: >= 400, ContentType: null, ContentLength: null } response => OfStatus(response.StatusCode),

        // Calls name all their errors, so that what has no name is a message that could not be read.
        _ when GrpcStatus.Of(context) == StatusCode.Unknown =>
            new(ErrorReason.Invalid, "The request is no message of this call: its bytes are no protobuf, or of another schema."),
        _ => null,
    };

    private static RequestException OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(ErrorReason.NotFound, "There is nothing at this address; openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => new(ErrorReason.Method, "This address has another method; the header Allow names it."),
        StatusCodes.Status415UnsupportedMediaType => new(ErrorReason.MediaType, "The body has to be JSON, with the header 'Content-Type: application/json'."),
        >= 500 => new(ErrorReason.Internal, "The server failed to answer; its log says more."),
        _ => new(ErrorReason.Invalid, "The request is not as this address expects it."),
    };

    private async Task AnswerAsync(HttpContext context, RequestException error)
    {
        metrics.OnError(error.Reason);
        if (GrpcStatus.IsGrpc(context))
        {
            GrpcStatus.Answer(context.Response, error);
            return;
        }

        context.Response.StatusCode = StatusOf(error.Reason);
        if (error.Reason == ErrorReason.Cancelled)
        {
            return;
        }

        if (error.Reason == ErrorReason.Overloaded)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsJsonAsync(new ErrorBody(error.Message), ServerJson.Bodies.ErrorBody);
    }

    // The type and the place of a defect; its message could quote a text.
    private void LogDefect(HttpContext context, RequestException error, Exception cause)
    {
        if (error.Reason == ErrorReason.Internal)
        {
            logger.RequestFailed(context.Request.Method, RouteNames.Of(context), cause.GetType().Name, $"\n{cause.StackTrace}");
        }
    }
}

/// <summary>What every error looks like.</summary>
/// <param name="Error">One sentence: what was found, what was expected, what to do.</param>
internal sealed record ErrorBody(string Error);
