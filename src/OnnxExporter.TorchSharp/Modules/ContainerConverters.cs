using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Modules that hold others.</summary>
internal static class ContainerConverters
{
    private static readonly ModuleSupport Chain =
        new("what its first child takes", "any depth, named children or not", "", "those of its children");

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<Sequential>(Chain, AddChain),
        new(
            typeof(Sequential<,>),
            Chain with { Options = "from one tensor to one tensor" },
            [new("input")],
            [ModuleConverter.SingleOutput],
            (scope, module, inputs) => [scope.Value(AddChain(scope, module, inputs[0]!))],
            (module, inputs) => [((nn.Module<Tensor, Tensor>)module).call(inputs[0]!)]),
        Uncallable(typeof(ModuleList<>)),
        Uncallable(typeof(ModuleDict<>)),
    ];

    private static string AddChain(OnnxScope scope, nn.Module module, OnnxValue input) =>
        module.children().Aggregate(input, (value, child) => scope.Call(child, value)).Name;

    private static ModuleConverter Uncallable(Type type) => new(
        type,
        new(
            "none", "its children have their paths, `layers.0`", "being applied itself: it has no forward",
            "those of its children"),
        [new("input")],
        [ModuleConverter.SingleOutput],
        (scope, _, _) => throw scope.Unsupported(
            "it only holds modules and has no forward; call its children one by one"),
        (module, _) => throw new NotSupportedException($"{TypeNames.Of(module)} has no forward."));
}
