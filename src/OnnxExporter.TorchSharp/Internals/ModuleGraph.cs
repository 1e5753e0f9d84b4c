using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A module and the graph that has to compute the same.</summary>
/// <param name="Module">The module.</param>
/// <param name="Converter">The built-in converter, or null where the module exports itself or by one of the caller's.</param>
/// <param name="Inputs">The graph's inputs in the order of the module's; null where one is left out.</param>
/// <param name="Model">The graph.</param>
/// <param name="Calls">Which values hold the outputs of which modules, in the order in which they are computed.</param>
internal sealed record ExportedModule(
    torch.nn.Module Module, ModuleConverter? Converter, IReadOnlyList<OnnxInput?> Inputs, ModelProto Model, IReadOnlyList<ExportedCall> Calls);

/// <summary>Builds the graph of a module in evaluation mode.</summary>
internal static class ModuleGraph
{
    /// <summary>Builds it.</summary>
    /// <exception cref="InvalidInputException">Inputs or names of outputs do not suit the module.</exception>
    /// <exception cref="OnnxExportException">Something is not supported.</exception>
    internal static ExportedModule Build(
        torch.nn.Module module, ModulePaths paths, IReadOnlyList<OnnxInput> inputs, OnnxExportOptions options)
    {
        var table = new ConverterTable(options.Converters);
        var converter = table.BuiltInFor(module);
        InputCheck.Check(module, converter, inputs, options.Outputs ?? converter?.Outputs ?? ["output"]);
        var ordered = InPorts(converter, inputs);

        var graph = new GraphBuilder(TypeNames.Of(module), options.Opset);
        var reserved = inputs.Select(input => input.Name).Concat(options.Outputs ?? converter?.Outputs ?? ["output"]);
        var context = new ExportContext(graph, paths, table, reserved);
        foreach (var input in inputs)
        {
            graph.Input(input.Name, ElementTypeMap.ToOnnx(input.Type), [.. input.Shape]);
        }

        var outputs = context.Export(module, caller: null, [.. ordered.Select(input => input is null ? null : context.Value(input.Name))]);
        var proto = graph.Build();
        SharedConstants.Merge(proto);
        var renamed = GraphOutputs.Add(proto, outputs, OutputNames(options.Outputs ?? converter?.Outputs, outputs.Count));
        var calls = context.Calls.Select(call => call with
        {
            Outputs = [.. call.Outputs.Select(value => renamed.GetValueOrDefault(value, value))],
        });
        var version = typeof(ModuleGraph).Assembly.GetName().Version!.ToString(3);
        return new(module, converter, ordered, Models.Create(proto, options.Opset, version, options.Description), [.. calls]);
    }

    // An input that bears a port's name goes there. Others take what is required, in order: an optional one, taken by its
    // place, could be exchanged with another of the same shape.
    private static OnnxInput?[] InPorts(ModuleConverter? converter, IReadOnlyList<OnnxInput> inputs)
    {
        if (converter is null)
        {
            return [.. inputs];
        }

        var ports = converter.Ports;
        OnnxInput?[] ordered = [.. ports.Select(port => inputs.FirstOrDefault(input => input.Name == port.Name))];
        foreach (var input in inputs.Where(input => !ordered.Contains(input)))
        {
            var free = Enumerable.Range(0, ports.Count).FirstOrDefault(i => ordered[i] is null && !ports[i].IsOptional, -1);
            ordered[free >= 0 ? free : throw TooMany(converter, input)] = input;
        }

        return ordered;
    }

    private static InvalidInputException TooMany(ModuleConverter converter, OnnxInput input) => new(
        $"{TypeNames.Of(converter.Type)} takes the inputs {converter.Takes}, but '{input.Name}' was given beside them: " +
        "leave it out, or give it the name of the one that it is.");

    private static IReadOnlyList<string> OutputNames(IReadOnlyList<string>? names, int count)
    {
        if (names is null)
        {
            return count == 1 ? ["output"] : [.. Enumerable.Range(0, count).Select(i => $"output_{i}")];
        }

        return names.Count == count
            ? names
            : throw new InvalidInputException($"The module has {count} output(s), but {names.Count} name(s) were given: {string.Join(", ", names)}.");
    }
}
