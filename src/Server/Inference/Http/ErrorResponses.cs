namespace OnnxSentiment.Server;

/// <summary>Describes the errors of an endpoint for its document.</summary>
internal static class ErrorResponses
{
    private static readonly int[] Statuses =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound,
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable,
        StatusCodes.Status504GatewayTimeout,
    ];

    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder builder)
    {
        foreach (var status in Statuses)
        {
            builder.Produces<ErrorBody>(status);
        }

        return builder;
    }
}
