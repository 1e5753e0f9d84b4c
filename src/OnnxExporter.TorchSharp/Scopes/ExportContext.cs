using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>One application of a module in the graph.</summary>
/// <param name="Module">The module.</param>
/// <param name="Path">Where it stands in the tree.</param>
/// <param name="Outputs">The values that hold its outputs.</param>
/// <param name="Exporter">What composed it where it was not this package, for messages; else null.</param>
internal sealed record ExportedCall(
    torch.nn.Module Module, string Path, IReadOnlyList<string> Outputs, string? Exporter);

/// <summary>What the scopes of one export share.</summary>
internal sealed class ExportContext
{
    private readonly ModulePaths _paths;
    private readonly ConverterTable _table;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<ExportedCall> _calls = [];
    private readonly HashSet<torch.nn.Module> _applied = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins an empty graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="paths">The tree of modules.</param>
    /// <param name="table">The converters.</param>
    /// <param name="reserved">Names that inputs and outputs of the graph have.</param>
    internal ExportContext(GraphBuilder graph, ModulePaths paths, ConverterTable table, IEnumerable<string> reserved)
    {
        (Graph, _paths, _table) = (graph, paths, table);
        foreach (var name in reserved)
        {
            _names[name] = 1;
        }
    }

    internal GraphBuilder Graph { get; }

    /// <summary>
    /// The applications so far, in the order in which they end: a module's after those of its children.
    /// </summary>
    internal IReadOnlyList<ExportedCall> Calls => _calls;

    internal OnnxValue Value(string name)
    {
        var element = Graph.ElementOf(name)
            ?? throw new InvalidOperationException($"The type of '{name}' is not known.");
        return new(name, ElementTypeMap.ToTorch(element), Graph.ShapeOf(name));
    }

    /// <summary>The name itself the first time, and a number behind it from the second time on.</summary>
    internal string NewName(string name)
    {
        var count = _names[name] = _names.GetValueOrDefault(name) + 1;
        return count == 1 ? name : NewName($"{name}#{count}");
    }

    internal IReadOnlyList<OnnxValue> Export(
        torch.nn.Module module, OnnxScope? caller, IReadOnlyList<OnnxValue?> inputs)
    {
        var path = _paths.Of(module, caller?.Path ?? "");
        var name = NewName(path.Length == 0 ? TypeNames.Of(module) : path);
        var scope = new OnnxScope(this, module, path, name, WeightPrefix(module, path, name));
        var outputs = Convert(scope, module, inputs);
        _calls.Add(new(module, path, [.. outputs.Select(output => output.Name)], _table.ExporterOf(module)));
        return outputs;
    }

    // Weights are called as in PyTorch's state dictionary; a second application of a module needs other names at first,
    // until equal constants become one.
    private string WeightPrefix(torch.nn.Module module, string path, string name) =>
        !_applied.Add(module) || !_paths.Has(module) ? $"{name}." : path.Length == 0 ? "" : $"{path}.";

    private IReadOnlyList<OnnxValue> Convert(OnnxScope scope, torch.nn.Module module, IReadOnlyList<OnnxValue?> inputs)
    {
        try
        {
            return _table.Convert(scope, module, inputs);
        }
        catch (InvalidInputException e)
        {
            throw ModuleErrors.Wrong(module, scope.Path, e.Message.TrimEnd('.'), e);
        }
        catch (NotSupportedException e)
        {
            throw ModuleErrors.Unsupported(module, scope.Path, e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is not (OnnxExportException or OutOfMemoryException))
        {
            var exporter = _table.ExporterOf(module);
            var fewer = exporter is null ? "" : Fewer(module, inputs);
            throw ModuleErrors.Threw(module, scope.Path, $"its {exporter ?? "export"} fails{fewer}", e);
        }
    }

    // An Export that reads an input which is not there fails in its own way.
    private static string Fewer(torch.nn.Module module, IReadOnlyList<OnnxValue?> inputs) =>
        ForwardSignature.TensorsOf(module) is { } tensors && inputs.Count < tensors
            ? $" with {inputs.Count} of the {tensors} inputs that forward takes"
            : "";
}
