using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Large tensors that are used anew in every training step. Allocated in each, they would be pages that the operating
/// system clears first, some hundred megabytes a step. For one thread; a rented tensor is its renter's until the same
/// name is rented again.
/// </summary>
internal sealed class ScratchTensors : IDisposable
{
    private readonly Dictionary<(int Owner, string Name), Tensor> _tensors = [];

    /// <summary>A tensor of single precision with arbitrary values, in the caller's dispose scope.</summary>
    internal Tensor Rent(int owner, string name, params long[] shape)
    {
        var size = shape.Aggregate(1L, (product, extent) => product * extent);
        if (!_tensors.TryGetValue((owner, name), out var tensor) || tensor.numel() < size)
        {
            tensor?.Dispose();
            tensor = empty(size).DetachFromDisposeScope();
            _tensors[(owner, name)] = tensor;
        }

        using var part = tensor.narrow(0, 0, size);
        return part.view(shape);
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.Dispose();
        }

        _tensors.Clear();
    }
}
