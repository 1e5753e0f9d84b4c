using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Normalizations.</summary>
internal static class NormalizationConverters
{
    private const string NoBatchStatistics = "track_running_stats false: statistics of the batch";

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<BatchNorm1d>(
            new(
                "`[batch, channels]`, `[batch, channels, length]`", "affine or not, eps", NoBatchStatistics,
                "BatchNormalization"),
            (scope, norm, x) => AddBatch(scope, norm, x, "[batch, channels] or [batch, channels, length]", 2, 3)),
        ModuleConverter.Of<BatchNorm2d>(
            new("`[batch, channels, height, width]`", "affine or not, eps", NoBatchStatistics, "BatchNormalization"),
            (scope, norm, x) => AddBatch(scope, norm, x, "[batch, channels, height, width]", 4)),
        ModuleConverter.Of<LayerNorm>(
            new(
                "any shape that ends in normalized_shape", "elementwise_affine or not, with bias or without, eps", "",
                "LayerNormalization; below opset 17 ReduceMean, Sub, Mul, Add, Sqrt, Div"),
            AddLayer),
        ModuleConverter.Of<GroupNorm>(
            new(
                "`[batch, channels, …]`", "num_groups, affine or not, eps", "",
                "Reshape, InstanceNormalization, Shape, Mul, Add"),
            AddGroup),
    ];

    private static string AddBatch(OnnxScope scope, BatchNorm norm, OnnxValue x, string expected, params int[] ranks)
    {
        scope.RequireRank(x, expected, ranks);
        if (norm.running_mean is null || norm.running_var is null)
        {
            throw scope.Unsupported(
                "it keeps no running statistics (track_running_stats is false), so its result depends " +
                "on the whole batch");
        }

        return Normalization.AddBatch(
            scope.Graph, scope.Name, Weights(scope, norm.weight, norm.bias, norm.eps),
            scope.Weight("running_mean", norm.running_mean), scope.Weight("running_var", norm.running_var), x.Name);
    }

    private static string AddLayer(OnnxScope scope, LayerNorm norm, OnnxValue x)
    {
        var shape = norm.normalized_shape;
        var end = x.KnownShape?.TakeLast(shape.Length).Select(dimension => dimension.Size);
        if (end is null || !end.SequenceEqual(shape.Select(size => (long?)size)))
        {
            throw scope.Wrong($"its input is {x}, but one that ends in [{string.Join(", ", shape)}] was expected");
        }

        using var _ = NewDisposeScope();
        var weights = Weights(scope, norm.elementwise_affine ? norm.weight : ones(shape), norm.bias, norm.eps);
        return Normalization.AddLayer(scope.Graph, scope.Name, weights, x.Name);
    }

    private static string AddGroup(OnnxScope scope, GroupNorm norm, OnnxValue x)
    {
        if (x.KnownShape is not { Count: > 1 })
        {
            throw scope.Wrong($"its input is {x}, but [batch, channels, …] was expected");
        }

        var weights = Weights(scope, norm.weight, norm.bias, norm.eps);
        return Normalization.AddGroup(scope.Graph, scope.Name, weights, norm.num_groups, x.Name);
    }

    private static NormalizationWeights Weights(OnnxScope scope, Tensor? scale, Tensor? shift, double epsilon) =>
        new(scope.OptionalWeight("weight", scale), scope.OptionalWeight("bias", shift), epsilon);
}
