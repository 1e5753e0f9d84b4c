using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace OnnxSentiment.Server;

/// <summary>The protocol's codes for errors, and answers that consist of one alone.</summary>
internal static class GrpcStatus
{
    private const string ContentType = "application/grpc";
    private const string CodeHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";

    // Clients with a retry policy wait so many milliseconds.
    private const string PushbackHeader = "grpc-retry-pushback-ms";
    private const string Pushback = "1000";

    /// <summary>Whether a request is of the protocol.</summary>
    public static bool IsGrpc(HttpContext context) =>
        context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The code that a response ends with; null where it is none of the protocol.</summary>
    public static StatusCode? Of(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var code = context.Response.Headers[CodeHeader].FirstOrDefault() ?? trailers?[CodeHeader].FirstOrDefault();
        return int.TryParse(code, out var number) ? (StatusCode)number : null;
    }

    /// <summary>An error as a call throws it.</summary>
    public static RpcException ToException(RequestException error)
    {
        var trailers = error.Code == StatusCode.ResourceExhausted
            ? new Metadata { { PushbackHeader, Pushback } }
            : Metadata.Empty;
        return new RpcException(new Status(error.Code, error.Message), trailers);
    }

    /// <summary>Answers a request that came to no call: its headers are all of the answer.</summary>
    public static void Answer(HttpResponse response, RequestException error)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.Headers[CodeHeader] = ((int)error.Code).ToString(CultureInfo.InvariantCulture);
        response.Headers[MessageHeader] = Uri.EscapeDataString(error.Message);
        if (error.Code == StatusCode.ResourceExhausted)
        {
            response.Headers[PushbackHeader] = Pushback;
        }
    }
}
