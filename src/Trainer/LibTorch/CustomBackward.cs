using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Splices hand-written backward passes into autograd, as PyTorch's <c>autograd.Function</c> does: autograd sees the
/// value of such a pass as a leaf, and the pass is given the leaf's gradient afterwards. For one training step, on one
/// thread.
/// </summary>
internal sealed class CustomBackward
{
    private readonly Stack<(Tensor Leaf, Action<Tensor> Backward)> _passes = [];

    /// <summary>Makes a value a leaf of autograd's graph.</summary>
    /// <param name="value">Computed without autograd.</param>
    /// <param name="backward">Takes the loss's gradient by the value further back.</param>
    internal Tensor Attach(Tensor value, Action<Tensor> backward)
    {
        var leaf = value.requires_grad_(true);
        _passes.Push((leaf, backward));
        return leaf;
    }

    /// <summary>Computes the gradients of all parameters, through autograd and every attached pass.</summary>
    internal void Backward(Tensor loss)
    {
        loss.backward();
        while (_passes.TryPop(out var pass))
        {
            pass.Backward(pass.Leaf.grad!);
        }
    }

    /// <summary>Forgets the passes of a step whose gradients nobody asked for.</summary>
    internal void Clear() => _passes.Clear();
}
