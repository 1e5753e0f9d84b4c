using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Builds the graph of a module in evaluation mode.</summary>
internal static class ModuleGraph
{
    private const string OutputName = ModuleConverter.SingleOutput;

    /// <summary>Builds it.</summary>
    /// <exception cref="InvalidInputException">Inputs or names of outputs do not suit the module.</exception>
    /// <exception cref="OnnxExportException">Something is not supported.</exception>
    internal static ExportedModule Build(
        torch.nn.Module module, ModulePaths paths, ConverterTable table, GraphRequest request)
    {
        var converter = table.BuiltInFor(module);
        var names = request.Outputs ?? converter?.Outputs;
        IReadOnlyList<string> reserved = names ?? [OutputName];
        InputCheck.Check(module, converter, request.Inputs, reserved);
        var ordered = InPorts(converter, request.Inputs);

        var graph = new GraphBuilder(TypeNames.Of(module), Operators.At(request.Opset));
        var taken = request.Inputs.Select(input => input.Name).Concat(reserved);
        var context = new ExportContext(graph, paths, table, taken);
        foreach (var input in request.Inputs)
        {
            graph.Input(input.Name, ElementTypeMap.ToOnnx(input.Type), [.. input.Shape]);
        }

        OnnxValue?[] inputs = [.. ordered.Select(input => input is null ? null : context.Value(input.Name))];
        var outputs = context.Export(module, caller: null, inputs);
        var renamed = GraphOutputs.Add(graph, outputs, NamesOf(outputs.Count, names));
        graph.MergeConstants();
        var calls = context.Calls.Select(call => call with
        {
            Outputs = [.. call.Outputs.Select(value => renamed.GetValueOrDefault(value, value))],
        });
        var version = typeof(ModuleGraph).Assembly.GetName().Version!.ToString(3);
        var model = Models.Create(graph, version, request.Description);
        return new(module, converter, ordered, model, [.. calls]);
    }

    /// <summary>
    /// The inputs in the order of the module's. One that bears a port's name goes there. Others take what is required,
    /// in order: an optional one, taken by its place, could be exchanged with another of the same shape.
    /// </summary>
    /// <exception cref="InvalidInputException">There are more than the module takes.</exception>
    internal static OnnxInput?[] InPorts(ModuleConverter? converter, IReadOnlyList<OnnxInput> inputs)
    {
        if (converter is null)
        {
            return [.. inputs];
        }

        var ports = converter.Ports;
        OnnxInput?[] ordered = [.. ports.Select(port => inputs.FirstOrDefault(input => input.Name == port.Name))];
        foreach (var input in inputs.Where(input => !ordered.Contains(input)))
        {
            var free = Enumerable.Range(0, ports.Count)
                .FirstOrDefault(i => ordered[i] is null && !ports[i].IsOptional, -1);
            ordered[free >= 0 ? free : throw TooMany(converter, input)] = input;
        }

        return ordered;
    }

    private static InvalidInputException TooMany(ModuleConverter converter, OnnxInput input) => new(
        $"{TypeNames.Of(converter.Type)} takes the inputs {converter.Takes}, " +
        $"but '{input.Name}' was given beside them: " +
        "leave it out, or give it the name of the one that it is.");

    private static IReadOnlyList<string> NamesOf(int count, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return count == 1 ? [OutputName] : [.. Enumerable.Range(0, count).Select(i => $"{OutputName}_{i}")];
        }

        return names.Count == count
            ? names
            : throw new InvalidInputException(
                $"The module has {count} output(s), but {names.Count} name(s) were given: {string.Join(", ", names)}.");
    }
}
