using Grpc.Core;

namespace OnnxSentiment.Server;

/// <summary>Registers how errors become answers.</summary>
internal static class ErrorsSetup
{
    private static readonly int[] Statuses =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound,
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable, StatusCodes.Status504GatewayTimeout,
    ];

    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<RequestExceptionHandler>();
        builder.Services.AddExceptionHandler(options =>
        {
            // The handler answers everything, so that nothing is left to this one.
            options.ExceptionHandler = _ => Task.CompletedTask;

            // The framework would log the message, which could quote a text.
            options.SuppressDiagnosticsCallback = _ => true;
        });
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, new ErrorJson()));
    }

    /// <summary>From here on, whatever a request ends with becomes an answer.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.UseStatusCodePages(pages => ErrorResponse.WriteAsync(
            pages.HttpContext, RequestErrors.OfStatus(pages.HttpContext.Response.StatusCode)));
        app.UseExceptionHandler();
        app.Use(ExplainUnreadableMessageAsync);
    }

    /// <summary>Describes the errors of an endpoint for its document.</summary>
    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder builder)
    {
        foreach (var status in Statuses)
        {
            builder.Produces<ErrorBody>(status);
        }

        return builder;
    }

    // Calls name all their errors, so that what has no name is a message that could not be read.
    private static async Task ExplainUnreadableMessageAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!context.Response.HasStarted && GrpcStatus.Of(context) == StatusCode.Unknown)
        {
            await ErrorResponse.WriteAsync(context, RequestException.Invalid(
                "The request is no message of this call: its bytes are no protobuf, or of another schema."));
        }
    }
}
