using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// All modules that can be exported. A module's own <see cref="IOnnxExportable"/> goes first, then converters of the
/// caller, then the built-in ones. Immutable.
/// </summary>
/// <param name="builtIn">The built-in converters, one for a type.</param>
/// <param name="own">The caller's; of several for a type the last one counts.</param>
internal sealed class ConverterTable(IReadOnlyList<ModuleConverter> builtIn, IReadOnlyList<OnnxConverter> own)
{
    private readonly Dictionary<Type, ModuleConverter> _builtIn = builtIn.ToDictionary(converter => converter.Type);

    /// <summary>The built-in converter of a module that exports by none of its own; null where there is none.</summary>
    internal ModuleConverter? BuiltInFor(torch.nn.Module module)
    {
        var type = module.GetType();
        return ExporterOf(module) is not null
            ? null
            : _builtIn.GetValueOrDefault(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    /// <summary>What exports a module where that is not this package, for messages; null where it is.</summary>
    internal string? ExporterOf(torch.nn.Module module) => module switch
    {
        IOnnxExportable or IOnnxMultiExportable => nameof(IOnnxExportable.Export),
        _ => OwnFor(module) is null ? null : "converter",
    };

    internal IReadOnlyList<OnnxValue> Convert(OnnxScope scope, torch.nn.Module module, IReadOnlyList<OnnxValue?> inputs)
    {
        if (module is IOnnxMultiExportable several)
        {
            return Values(scope, module, several.Export(scope, All(scope, module, inputs)));
        }

        if (module is IOnnxExportable exportable)
        {
            return Values(scope, module, [exportable.Export(scope, Only(scope, inputs))]);
        }

        if (OwnFor(module) is { } converter)
        {
            return Values(scope, module, [converter.Convert(scope, module, Only(scope, inputs))]);
        }

        var known = BuiltInFor(module) ?? throw scope.Unsupported(
            "a forward of its own cannot be traced, " +
            "and its type is not in the table of modules, docs/torchsharp-modules.md");
        return known.Convert(scope, module, Complete(scope, known, inputs));
    }

    private OnnxConverter? OwnFor(torch.nn.Module module) =>
        own.LastOrDefault(converter => converter.Type == module.GetType());

    private static OnnxValue[] All(OnnxScope scope, torch.nn.Module module, IReadOnlyList<OnnxValue?> inputs) =>
        inputs.Count > (ForwardSignature.TensorsOf(module) ?? inputs.Count)
            ? throw scope.Wrong(
                $"it got {inputs.Count} inputs, but its forward takes {ForwardSignature.TensorsOf(module)}")
            : [.. inputs.Select((input, i) => input ?? throw scope.Wrong($"its input {i} is left out"))];

    // What others wrote may return anything.
    private IReadOnlyList<OnnxValue> Values(
        OnnxScope scope, torch.nn.Module module, IReadOnlyList<OnnxValue?>? outputs) =>
        outputs is { Count: > 0 } && !outputs.Contains(null)
            ? [.. outputs.OfType<OnnxValue>()]
            : throw scope.Wrong(
                $"its {ExporterOf(module)} returned {(outputs is { Count: 0 } ? "no value" : "null")}, " +
                "but a value of the graph for each output of forward was expected");

    private static OnnxValue Only(OnnxScope scope, IReadOnlyList<OnnxValue?> inputs) =>
        inputs is [{ } input] ? input : throw scope.Wrong($"it got {inputs.Count} inputs, but takes one");

    private static OnnxValue?[] Complete(OnnxScope scope, ModuleConverter converter, IReadOnlyList<OnnxValue?> inputs)
    {
        var ports = converter.Ports;
        OnnxValue?[] all =
            [.. inputs, .. Enumerable.Repeat<OnnxValue?>(null, Math.Max(0, ports.Count - inputs.Count))];
        if (all.Length > ports.Count || ports.Zip(all).Any(pair => !pair.First.IsOptional && pair.Second is null))
        {
            throw scope.Wrong($"it got {inputs.Count(input => input is not null)} inputs, but takes {converter.Takes}");
        }

        return all;
    }
}
