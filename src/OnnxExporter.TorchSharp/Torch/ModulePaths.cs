using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Where each module stands in the tree below the exported one, as PyTorch writes it: <c>encoder.layers.2</c>.
/// </summary>
internal sealed class ModulePaths
{
    private readonly Dictionary<torch.nn.Module, string> _paths = new(ReferenceEqualityComparer.Instance);

    internal ModulePaths(torch.nn.Module root)
    {
        _paths[root] = "";
        foreach (var (path, module) in root.named_modules())
        {
            _paths.TryAdd(module, path);
        }
    }

    /// <summary>All modules of the tree, each after its parent.</summary>
    internal IEnumerable<torch.nn.Module> Modules => _paths.Keys;

    /// <summary>Whether a module is registered in the tree.</summary>
    internal bool Has(torch.nn.Module module) => _paths.ContainsKey(module);

    /// <summary>The path; one that is not in the tree is named by its type below whoever calls it.</summary>
    internal string Of(torch.nn.Module module, string caller) =>
        _paths.GetValueOrDefault(module)
        ?? (caller.Length == 0 ? TypeNames.Of(module) : $"{caller}.{TypeNames.Of(module)}");
}
