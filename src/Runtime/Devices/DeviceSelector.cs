using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// Chooses where a model runs. A GPU is chosen only with a session in hand that takes every node that matters and has
/// computed what the processor computes. Thread-safe.
/// </summary>
internal sealed class DeviceSelector(IDeviceHost host)
{
    /// <summary>The reason for a device that the options name.</summary>
    public const string AskedFor = "it was asked for";

    /// <summary>Chooses, and makes the session on a GPU.</summary>
    /// <param name="cpu">The model on the processor.</param>
    /// <param name="model">The bytes of its file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="InvalidInputException">A GPU was asked for and cannot be used.</exception>
    public Selection Select(IdsSession cpu, byte[] model, string name, SentimentModelOptions options) =>
        options.Device.Kind switch
        {
            DeviceKind.Cpu => new Selection(Device.Cpu, AskedFor),
            DeviceKind.Cuda => OpenCuda(cpu, model, name, options),
            _ => ChooseBest(cpu, model, options),
        };

    /// <summary>Makes a session on a GPU and tries it.</summary>
    /// <returns>The session, or why there is none.</returns>
    public (PlacedSession? Session, string? Problem) TryCuda(
        IdsSession cpu, byte[] model, int id, SentimentModelOptions options)
    {
        if (CudaFailure.NotOffered(host, options.ExecutionProviderLibrary) is { } reason)
        {
            return (null, reason);
        }

        PlacedSession? opened = null;
        string? problem;
        try
        {
            opened = host.Open(model, SessionRequest.ForCuda(id, options));
            problem = PlacementRule.Problem(opened.Nodes) ?? FirstRuns.Problem(opened.Session, cpu);
            if (problem is null)
            {
                return (opened, null);
            }
        }
        catch (ProviderException e)
        {
            problem = CudaFailure.Explain(host, e.Message);
        }
        catch
        {
            opened?.Session.Dispose();
            throw;
        }

        opened?.Session.Dispose();
        return (null, problem);
    }

    private Selection OpenCuda(IdsSession cpu, byte[] model, string name, SentimentModelOptions options)
    {
        var (session, problem) = TryCuda(cpu, model, options.Device.Id, options);
        return session is null
            ? throw new InvalidInputException(
                $"{name} cannot run on {options.Device}: {problem}. Mend that, or use the device cpu.")
            : new Selection(options.Device, AskedFor, session);
    }

    private Selection ChooseBest(IdsSession cpu, byte[] model, SentimentModelOptions options)
    {
        if (CudaFailure.NotOffered(host, options.ExecutionProviderLibrary) is { } reason)
        {
            return new Selection(Device.Cpu, reason);
        }

        var gpu = Device.Cuda();
        var (session, problem) = TryCuda(cpu, model, gpu.Id, options);
        return session is null
            ? new Selection(Device.Cpu, $"{gpu} cannot be used: {problem}", IsFallback: true)
            : new Selection(gpu, "it is there and computes what the processor does", session);
    }
}
