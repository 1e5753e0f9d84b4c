using OnnxSentiment.Core;
using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Runtime.Internals.Devices;

/// <summary>
/// Chooses where a model runs. A GPU is chosen only with a session in hand that takes every node that matters and has
/// computed a batch. Thread-safe.
/// </summary>
internal sealed class DeviceSelector(IDeviceHost host)
{
    /// <summary>Chooses, and makes the session on a GPU.</summary>
    /// <param name="model">The bytes of a file that runs on the processor.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="InvalidInputException">A GPU was asked for and cannot be used.</exception>
    public Selection Select(byte[] model, string name, SentimentModelOptions options) => options.Device.Kind switch
    {
        DeviceKind.Cpu => new Selection(Device.Cpu, "it was asked for"),
        DeviceKind.Cuda => OpenCuda(model, name, options),
        _ => ChooseBest(model, options),
    };

    /// <summary>Makes a session on a GPU and tries it.</summary>
    /// <returns>The session, or why there is none.</returns>
    public (PlacedSession? Session, string? Problem) TryCuda(byte[] model, int id, SentimentModelOptions options)
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
            problem = PlacementRule.Problem(opened.Nodes);
            if (problem is null)
            {
                Try(opened.Session);
                return (opened, null);
            }
        }
        catch (ProviderException e)
        {
            problem = CudaFailure.Explain(host, e.Message);
        }

        opened?.Session.Dispose();
        return (null, problem);
    }

    private Selection OpenCuda(byte[] model, string name, SentimentModelOptions options)
    {
        var (session, problem) = TryCuda(model, options.Device.Id, options);
        return session is null
            ? throw new InvalidInputException($"{name} cannot run on {options.Device}: {problem}. Mend that, or use the device cpu.")
            : new Selection(options.Device, "it was asked for", session);
    }

    private Selection ChooseBest(byte[] model, SentimentModelOptions options)
    {
        if (CudaFailure.NotOffered(host, options.ExecutionProviderLibrary) is { } reason)
        {
            return new Selection(Device.Cpu, reason);
        }

        var gpu = Device.Cuda();
        var (session, problem) = TryCuda(model, gpu.Id, options);
        return session is null
            ? new Selection(Device.Cpu, $"{gpu} cannot be used: {problem}", IsFallback: true)
            : new Selection(gpu, "it is there and computes every node that matters", session);
    }

    // The first run starts CUDA's context and loads what is loaded late: what is missing shows here, not at a user's first text.
    private static void Try(ModelSession session)
    {
        using var run = session.Begin();
        ReadOnlySpan<long> ids = [Vocabulary.StartId, Vocabulary.UnknownId, Vocabulary.StartId, Vocabulary.PaddingId];
        ids.CopyTo(run.Ids(ids.Length));
        try
        {
            run.Compute(rows: 2, length: 2);
        }
        catch (InvalidOperationException e)
        {
            throw new ProviderException(e.Message, e);
        }

        if (!float.IsFinite(run.Logits[0]) || !float.IsFinite(run.Logits[1]))
        {
            throw new ProviderException($"the logits of a first batch are {run.Logits[0]} and {run.Logits[1]}");
        }
    }
}
