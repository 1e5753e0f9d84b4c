using System.Text.Json.Serialization;
using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>What every error looks like over HTTP: <c>{"error": …}</c>.</summary>
/// <param name="Error">One sentence: what was found, what was expected, what to do.</param>
internal sealed record ErrorBody(string Error);

/// <summary>How the error's body is written, beside those of the features.</summary>
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;

/// <summary>Answers with an error: one JSON object, or for gRPC a status.</summary>
internal static class ErrorResponse
{
    /// <summary>Writes the answer, and leaves the error as a feature of the request for whoever counts.</summary>
    public static async Task WriteAsync(HttpContext context, RequestException error)
    {
        context.Features.Set(error);
        if (GrpcStatus.IsGrpc(context))
        {
            GrpcStatus.Answer(context.Response, error);
            return;
        }

        context.Response.StatusCode = error.Status;
        if (error.Code == StatusCode.Cancelled)
        {
            // Its client sees nothing; the number is what proxies log for it.
            return;
        }

        if (error.Code == StatusCode.ResourceExhausted)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsJsonAsync(new ErrorBody(error.Message));
    }
}
