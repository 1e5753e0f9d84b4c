using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Runtime;

/// <summary>What a queue logs. Nothing of a text is ever in it.</summary>
internal static partial class QueueLog
{
    [LoggerMessage(4, LogLevel.Warning, "{Waiting} texts wait, and the queue holds {Maximum}: calls are refused.")]
    public static partial void QueueFull(this ILogger logger, int waiting, int maximum);
}
