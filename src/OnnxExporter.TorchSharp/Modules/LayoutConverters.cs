using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Modules that compute nothing when a model is used: other shapes, dropout.</summary>
internal static class LayoutConverters
{
    private const string ReshapeOperators = "Reshape; Shape, Slice, Concat where a size that follows is dynamic";

    private static readonly ModuleSupport Nothing = new("any shape", "any", "", "none: it does nothing after training");

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<Flatten>(
            new("any shape", "start_dim, end_dim", "", ReshapeOperators), AddFlatten),
        ModuleConverter.Of<Unflatten>(
            new("any shape", "dim, unflattened_size, one of them -1", "", ReshapeOperators), AddUnflatten),
        Identity<Dropout>(),
        Identity<Dropout1d>(),
        Identity<Dropout2d>(),
        Identity<AlphaDropout>(),
        Identity<Identity>(),
    ];

    private static ModuleConverter Identity<TModule>()
        where TModule : nn.Module<Tensor, Tensor> => ModuleConverter.Of<TModule>(Nothing, (_, _, x) => x.Name);

    private static string AddFlatten(OnnxScope scope, Flatten flatten, OnnxValue x)
    {
        var (first, last) = (scope.Axis(x, flatten.start_dim), scope.Axis(x, flatten.end_dim));
        return first == last ? x.Name : Reshaping.AddFlatten(scope.Graph, scope.Name, x.Name, first, last);
    }

    private static string AddUnflatten(OnnxScope scope, Unflatten unflatten, OnnxValue x) =>
        Reshaping.AddUnflatten(
            scope.Graph, scope.Name, x.Name, scope.Axis(x, unflatten.dim), unflatten.unflattened_size);
}
