using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Joins computations that have derivatives of their own to those that autograd records: at a cut, autograd sees a leaf,
/// and what made the leaf's value is told its gradient afterwards. Of one training step, in one thread.
/// </summary>
internal sealed class Tape(TorchWorkers workers)
{
    private readonly Stack<(Tensor Leaf, Action<Tensor> Backward)> _cuts = [];
    private int _passes;

    internal TorchWorkers Workers => workers;

    /// <summary>A number that no other pass of this step has.</summary>
    internal int NextPass() => _passes++;

    /// <summary>Makes a value a leaf.</summary>
    /// <param name="value">Computed without autograd.</param>
    /// <param name="backward">Takes the loss's gradient by the value further back.</param>
    internal Tensor Cut(Tensor value, Action<Tensor> backward)
    {
        var leaf = value.requires_grad_(true);
        _cuts.Push((leaf, backward));
        return leaf;
    }

    /// <summary>Computes the gradients of all parameters, through autograd and all cuts.</summary>
    internal void Backward(Tensor loss)
    {
        loss.backward();
        while (_cuts.TryPop(out var cut))
        {
            cut.Backward(cut.Leaf.grad!);
        }
    }
}
