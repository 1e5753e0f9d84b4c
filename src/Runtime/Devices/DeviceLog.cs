using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Runtime;

/// <summary>What choosing a device logs.</summary>
internal static partial class DeviceLog
{
    [LoggerMessage(2, LogLevel.Information, "{Model} runs on {Device} with {Memory} buffers: {Reason}.")]
    public static partial void DeviceChosen(
        this ILogger logger, string model, Device device, string memory, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Model} runs on {Device}: {Reason}.")]
    public static partial void DeviceFellBack(this ILogger logger, string model, Device device, string reason);
}
