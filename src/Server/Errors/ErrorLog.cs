namespace OnnxSentiment.Server;

/// <summary>What is logged of a defect: its type and its place, not its message, which could quote a text.</summary>
internal static partial class ErrorLog
{
    public static void RequestFailed(this ILogger logger, string endpoint, Exception exception) =>
        logger.RequestFailed(endpoint, exception.GetType().Name, $"\n{exception.StackTrace}");

    [LoggerMessage(6, LogLevel.Error, "{Endpoint} failed with {Error}{Trace}")]
    private static partial void RequestFailed(this ILogger logger, string endpoint, string error, string trace);
}
