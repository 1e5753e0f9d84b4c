using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Gives a module known weights, until it is disposed. With its own, two options may compute the same: two numbers of
/// heads, for instance, where all scores are near zero. It outlives no dispose scope in which it was made.
/// </summary>
internal sealed class TemporaryWeights : IDisposable
{
    private const ulong Seed = 1;

    private readonly List<(Tensor Weight, Tensor Own)> _weights;

    internal TemporaryWeights(nn.Module module, Func<Tensor, Tensor> create)
    {
        _weights = [.. module.parameters().Select(weight => (weight.detach(), weight.detach().clone()))];
        try
        {
            foreach (var (weight, own) in _weights)
            {
                Write(create(own).to(own.dtype, own.device), weight);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Normal numbers, of which a sum over a row has the variance of one input. The generator is one of its own: the
    /// caller's numbers go on as if nothing had been.
    /// </summary>
    internal static TemporaryWeights Random(nn.Module module)
    {
        using var generator = new Generator(Seed);
        return new(module, own => randn(own.shape, generator: generator) / Math.Sqrt(own.shape[^1]));
    }

    public void Dispose() => _weights.ForEach(entry => Write(entry.Own, entry.Weight));

    // Past libtorch where that is possible: it counts each change, and refuses a backward pass that began before it.
    private static void Write(Tensor from, Tensor to)
    {
        if (to.device.type == global::TorchSharp.DeviceType.CPU
            && to.is_contiguous()
            && to.numel() * to.element_size() <= int.MaxValue)
        {
            from.contiguous().bytes.CopyTo(to.bytes);
        }
        else
        {
            to.copy_(from);
        }
    }
}
