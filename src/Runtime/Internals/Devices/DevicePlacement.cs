using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Brings a model that has been checked on the processor to the device that the options ask for.</summary>
internal static class DevicePlacement
{
    /// <summary>Returns the session to use: the given one, or one on a GPU, and then the given one is disposed.</summary>
    /// <exception cref="InvalidInputException">A GPU was asked for and cannot be used; the session is disposed.</exception>
    public static (ModelSession Session, Device Device) Place(
        ModelSession cpu, byte[] model, string name, SentimentModelOptions options, ILogger logger)
    {
        var selection = Select(cpu, model, name, options);
        if (selection.IsFallback)
        {
            logger.DeviceFellBack(name, selection.Device, selection.Reason);
        }
        else
        {
            logger.DeviceChosen(name, selection.Device, selection.Session?.Memory ?? "managed", selection.Reason);
        }

        if (selection.Session is not { } placed)
        {
            return (cpu, selection.Device);
        }

        cpu.Dispose();
        return (placed.Session, selection.Device);
    }

    private static Selection Select(ModelSession cpu, byte[] model, string name, SentimentModelOptions options)
    {
        try
        {
            return new DeviceSelector(new OrtDeviceHost()).Select(cpu, model, name, options);
        }
        catch
        {
            cpu.Dispose();
            throw;
        }
    }
}
