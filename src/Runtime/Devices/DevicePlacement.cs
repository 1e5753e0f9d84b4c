using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Brings a model that has been checked on the CPU to the device that the options ask for.</summary>
internal static class DevicePlacement
{
    /// <summary>Why a graph that reads texts runs on the CPU.</summary>
    public const string TextsStayOnCpu =
        "graphs that read texts run on the CPU alone, because CUDA has no operators for strings";

    /// <summary>
    /// Returns the session to use: the given one, or one on a GPU, and then the given one is disposed.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// A GPU was asked for and cannot be used; the session is disposed.
    /// </exception>
    public static (IdsSession Session, Device Device) Place(
        IdsSession cpu, byte[] model, string name, SentimentModelOptions options, ILogger logger)
    {
        var selection = Select(cpu, model, name, options);
        Report(selection, name, logger);
        if (selection.Session is not { } placed)
        {
            return (cpu, selection.Device);
        }

        cpu.Dispose();
        return (placed.Session, selection.Device);
    }

    /// <summary>Leaves a graph that reads texts where it is.</summary>
    /// <exception cref="InvalidInputException">A GPU was asked for; the session is disposed.</exception>
    public static void Place(TextSession cpu, string name, SentimentModelOptions options, ILogger logger)
    {
        if (options.Device.Kind == DeviceKind.Cuda)
        {
            cpu.Dispose();
            throw new InvalidInputException(
                $"{name} cannot run on {options.Device}: {TextsStayOnCpu}. Use the device cpu, or export a graph that "
                + "reads token ids.");
        }

        var reason = options.Device.Kind == DeviceKind.Cpu ? DeviceSelector.AskedFor : TextsStayOnCpu;
        Report(new Selection(Device.Cpu, reason), name, logger);
    }

    /// <summary>How a device multiplies.</summary>
    /// <param name="device">The CPU or a GPU.</param>
    /// <param name="allowTf32">Whether a GPU may round the factors of its products.</param>
    public static ComputeMode ComputeModeOf(Device device, bool allowTf32) => (device.Kind, allowTf32) switch
    {
        (DeviceKind.Cuda, true) => ComputeMode.CudaTf32,
        (DeviceKind.Cuda, false) => ComputeMode.Cuda,
        _ => ComputeMode.Cpu,
    };

    private static void Report(Selection selection, string name, ILogger logger)
    {
        if (selection.IsFallback)
        {
            logger.DeviceFellBack(name, selection.Device, selection.Reason);
        }
        else
        {
            logger.DeviceChosen(name, selection.Device, selection.Session?.Memory ?? "managed", selection.Reason);
        }
    }

    private static Selection Select(IdsSession cpu, byte[] model, string name, SentimentModelOptions options)
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
