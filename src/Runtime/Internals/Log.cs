using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Runtime;

/// <summary>All that the library logs. Nothing of a text is ever in it.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Model} loaded in {Milliseconds:0} ms: {Precision}, {VocabularySize} ids.")]
    public static partial void ModelLoaded(
        this ILogger logger, string model, string precision, int vocabularySize, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "{Model} runs on {Device} with {Memory} buffers: {Reason}.")]
    public static partial void DeviceChosen(this ILogger logger, string model, Device device, string memory, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Model} runs on {Device}: {Reason}.")]
    public static partial void DeviceFellBack(this ILogger logger, string model, Device device, string reason);

    [LoggerMessage(4, LogLevel.Warning, "{Waiting} texts wait, and the queue holds {Maximum}: calls are refused.")]
    public static partial void QueueFull(this ILogger logger, int waiting, int maximum);
}
