using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Refuses a tree in which a module was disposed: what it holds is gone.</summary>
internal static class DisposedCheck
{
    /// <summary>Checks all modules of a tree.</summary>
    /// <exception cref="OnnxExportException">One was disposed.</exception>
    internal static void Check(ModulePaths paths)
    {
        if (paths.Modules.FirstOrDefault(IsDisposed) is { } module)
        {
            throw ModuleErrors.Wrong(
                module,
                paths.Of(module, ""),
                "it, or a weight of it, was disposed; export it before that, or create it again");
        }
    }

    // TorchSharp has no way to ask: most refuse even to say their mode, others are nothing but their weights, and
    // forget those.
    private static bool IsDisposed(nn.Module module)
    {
        try
        {
            _ = module.training;
            return WeightsOf(module).Any(weight => weight.IsInvalid);
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static IEnumerable<Tensor> WeightsOf(nn.Module module) => module switch
    {
        Linear linear => [linear.weight],
        Convolution convolution => [convolution.weight],
        PReLU prelu => [prelu.weight],
        _ => module.named_parameters(recurse: false).Select(entry => entry.parameter),
    };
}
