using TorchSharp;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Adds a module to the graph of its scope; inputs that are left out are null.</summary>
internal delegate IReadOnlyList<OnnxValue> ConvertModule(
    OnnxScope scope, torch.nn.Module module, IReadOnlyList<OnnxValue?> inputs);

/// <summary>Runs a module on tensors in the order of its inputs; those that are left out are null.</summary>
internal delegate Tensor[] RunModule(torch.nn.Module module, IReadOnlyList<Tensor?> inputs);

/// <summary>An input of a module.</summary>
internal sealed record ModulePort(string Name, bool IsOptional = false);

/// <summary>What the table of modules says of one.</summary>
/// <param name="Inputs">The inputs and their shapes.</param>
/// <param name="Options">The options that are supported.</param>
/// <param name="Unsupported">What is not; empty for nothing.</param>
/// <param name="Operators">The operators that it becomes.</param>
internal sealed record ModuleSupport(string Inputs, string Options, string Unsupported, string Operators);

/// <summary>How modules of one type are exported.</summary>
/// <param name="Type">The type, exactly; of a generic one the definition.</param>
/// <param name="Support">For the documentation.</param>
/// <param name="Ports">The inputs in the order of <see cref="Convert"/> and <see cref="Run"/>.</param>
/// <param name="Outputs">The names that outputs of a graph have by default.</param>
/// <param name="Convert">Adds a module to a graph.</param>
/// <param name="Run">Computes what the graph has to compute.</param>
internal sealed record ModuleConverter(
    Type Type,
    ModuleSupport Support,
    IReadOnlyList<ModulePort> Ports,
    IReadOnlyList<string> Outputs,
    ConvertModule Convert,
    RunModule Run)
{
    internal const string SingleOutput = "output";

    /// <summary>The inputs for messages, optional ones in brackets.</summary>
    internal string Takes => string.Join(", ", Ports.Select(port => port.IsOptional ? $"[{port.Name}]" : port.Name));

    /// <summary>A module with one input and one output.</summary>
    internal static ModuleConverter Of<TModule>(
        ModuleSupport support, Func<OnnxScope, TModule, OnnxValue, string> convert)
        where TModule : torch.nn.Module<Tensor, Tensor> => new(
            typeof(TModule),
            support,
            [new("input")],
            [SingleOutput],
            (scope, module, inputs) => [scope.Value(convert(scope, (TModule)module, inputs[0]!))],
            (module, inputs) => [((TModule)module).call(inputs[0]!)]);
}
