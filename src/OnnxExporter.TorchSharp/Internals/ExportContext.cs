using OnnxSentiment.Core;
using OnnxSentiment.OnnxExporter.Graph;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals;

/// <summary>One application of a module in the graph, and the values that hold its outputs.</summary>
internal sealed record ExportedCall(torch.nn.Module Module, string Path, IReadOnlyList<string> Outputs);

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

    /// <summary>The applications so far, in the order in which they end: a module's after those of its children.</summary>
    internal IReadOnlyList<ExportedCall> Calls => _calls;

    internal OnnxValue Value(string name)
    {
        var element = Graph.ElementOf(name) ?? throw new InvalidOperationException($"The type of '{name}' is not known.");
        return new(name, ElementTypeMap.ToTorch(element), Graph.ShapeOf(name));
    }

    /// <summary>The name itself the first time, and a number behind it from the second time on.</summary>
    internal string NewName(string name)
    {
        var count = _names[name] = _names.GetValueOrDefault(name) + 1;
        return count == 1 ? name : NewName($"{name}#{count}");
    }

    internal IReadOnlyList<OnnxValue> Export(torch.nn.Module module, OnnxScope? caller, IReadOnlyList<OnnxValue?> inputs)
    {
        var path = _paths.Of(module, caller?.Path ?? "");
        var name = NewName(path.Length == 0 ? TypeNames.Of(module) : path);
        var scope = new OnnxScope(this, module, path, name, WeightPrefix(module, path, name));
        var outputs = Convert(scope, module, inputs);
        _calls.Add(new(module, path, [.. outputs.Select(output => output.Name)]));
        return outputs;
    }

    /// <summary>What a module is given does not suit it: no converter would help.</summary>
    internal static OnnxExportException Wrong(torch.nn.Module module, string path, string what, Exception? inner = null) =>
        new(path, $"{Describe(module, path)} cannot be exported: {what}.", inner);

    internal static OnnxExportException Unsupported(torch.nn.Module module, string path, string what, Exception? inner = null) => new(
        path,
        $"{Describe(module, path)} cannot be exported: {what}. " +
        $"Two ways out: implement {nameof(IOnnxExportable)} in the module that contains it and compose there what it computes, " +
        $"or give {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Converters)} a converter for {TypeNames.Of(module)}.",
        inner);

    private static string Describe(torch.nn.Module module, string path) =>
        path.Length == 0 ? $"The module ({TypeNames.Of(module)})" : $"Module '{path}' ({TypeNames.Of(module)})";

    // Weights are called as in PyTorch's state dictionary; a second application of a module needs other names at first, until
    // equal constants become one.
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
            throw Wrong(module, scope.Path, e.Message.TrimEnd('.'), e);
        }
        catch (NotSupportedException e)
        {
            throw Unsupported(module, scope.Path, e.Message.TrimEnd('.'), e);
        }
    }
}
