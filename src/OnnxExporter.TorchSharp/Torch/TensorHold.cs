using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Holds the tensors that are made on this thread, so that none is collected while libtorch reads it, and lets go of
/// them in the end without disposing them: a module may keep one that its own code made, as a cache does.
/// </summary>
internal sealed class TensorHold : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Detach(_scope.DisposablesView);
        _scope.Dispose();
    }
}
