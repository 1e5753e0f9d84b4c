using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Puts all modules of a tree into evaluation mode, and back, each into its own, when disposed.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(torch.nn.Module Module, bool Training)> _modes;

    internal EvaluationMode(torch.nn.Module root, ModulePaths paths)
    {
        _modes = [.. paths.Modules.Select(module => (module, module.training))];
        root.eval();
    }

    // Parents come before their children, whom their own mode would overwrite.
    public void Dispose() => _modes.ForEach(entry => entry.Module.train(entry.Training));
}
