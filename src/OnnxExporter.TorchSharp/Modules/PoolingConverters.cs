using OnnxSentiment.Onnx;
using TorchSharp.Modules;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Pooling over windows.</summary>
internal static class PoolingConverters
{
    private const string Length = "[batch, channels, length]";
    private const string Area = "[batch, channels, height, width]";
    private const string NoBatch = "data without a batch";
    private const string AnyOutput = "output_size 1 always, others where the sizes of the input are fixed";
    private const string AdaptiveOperators = "ReduceMean for 1, AveragePool where it divides the size, else MatMul";

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<MaxPool1d>(
            new($"`{Length}`", "stride, padding, dilation, ceil_mode", NoBatch, "MaxPool"),
            (scope, pool, x) => AddMax(
                scope,
                Window([pool.kernel_size], ToArray(pool.stride), ToArray(pool.padding), ToArray(pool.dilation)),
                pool.ceil_mode, x, Length)),
        ModuleConverter.Of<MaxPool2d>(
            new($"`{Area}`", "stride, padding, dilation, ceil_mode", NoBatch, "MaxPool"),
            (scope, pool, x) => AddMax(
                scope, Window(pool.kernel_size, pool.stride, pool.padding, pool.dilation), pool.ceil_mode, x, Area)),
        ModuleConverter.Of<AvgPool1d>(
            new($"`{Length}`", "stride, padding, ceil_mode, count_include_pad", NoBatch, "AveragePool"),
            (scope, pool, x) => AddMean(
                scope, scope.Name, Window([pool.kernel_size], ToArray(pool.stride), ToArray(pool.padding), null),
                pool.ceil_mode, pool.count_include_pad, x, Length)),
        ModuleConverter.Of<AvgPool2d>(
            new(
                $"`{Area}`", "stride, padding, ceil_mode, count_include_pad, divisor_override",
                $"{NoBatch}; divisor_override with ceil_mode", "AveragePool, Mul for divisor_override"),
            AddMean2d),
        ModuleConverter.Of<AdaptiveAvgPool1d>(
            new($"`{Length}`", AnyOutput, NoBatch, AdaptiveOperators),
            (scope, pool, x) => AddAdaptive(scope, [pool.output_size], x, Length)),
        ModuleConverter.Of<AdaptiveAvgPool2d>(
            new($"`{Area}`", AnyOutput, NoBatch, AdaptiveOperators),
            (scope, pool, x) => AddAdaptive(scope, pool.output_size, x, Area)),
    ];

    private static string AddMax(OnnxScope scope, SlidingWindow window, bool ceil, OnnxValue x, string expected)
    {
        scope.RequireRank(x, expected, window.Kernel.Length + 2);
        return scope.Graph.MaxPool(scope.Name, x.Name, window, ceil);
    }

    private static string AddMean(
        OnnxScope scope, string name, SlidingWindow window, bool ceil, bool countPads, OnnxValue x, string expected)
    {
        scope.RequireRank(x, expected, window.Kernel.Length + 2);
        return scope.Graph.AveragePool(name, x.Name, window, ceil, countPads);
    }

    private static string AddMean2d(OnnxScope scope, AvgPool2d pool, OnnxValue x)
    {
        var window = Window(pool.kernel_size, pool.stride, pool.padding, null);
        if (pool.divisor_override is not { } divisor)
        {
            return AddMean(scope, scope.Name, window, pool.ceil_mode, pool.count_include_pad, x, Area);
        }

        if (pool.ceil_mode)
        {
            throw scope.Unsupported("it has a divisor_override with ceil_mode, whose last windows have another size");
        }

        // The mean over all positions, padded ones too, is the sum over their number.
        var mean = AddMean(scope, $"{scope.Name}/mean", window, ceil: false, countPads: true, x, Area);
        var positions = window.Kernel.Aggregate(1L, (product, size) => product * size);
        return scope.Graph.Mul(scope.Name, mean, scope.Graph.Scalar((float)positions / divisor));
    }

    private static string AddAdaptive(OnnxScope scope, long[] counts, OnnxValue x, string expected)
    {
        scope.RequireRank(x, expected, counts.Length + 2);
        if (Array.TrueForAll(counts, count => count == 1))
        {
            return WindowPooling.AddGlobalMean(scope.Graph, scope.Name, counts.Length, x.Name);
        }

        long?[] sizes = [.. x.Shape.Skip(2).Select(dimension => dimension.Size)];
        return sizes.Contains(null)
            ? throw scope.Unsupported(
                $"its input is {x}, but for output_size [{string.Join(", ", counts)}] fixed sizes were " +
                "expected after the channels; only output_size 1 takes any")
            : WindowPooling.AddAdaptiveMean(
                scope.Graph, scope.Name, [.. sizes.Select(size => size!.Value)], counts, x.Name);
    }

    private static SlidingWindow Window(long[] kernel, long[]? stride, long[]? padding, long[]? dilation)
    {
        var pads = padding ?? new long[kernel.Length];
        return new(kernel, stride ?? kernel, [.. pads, .. pads], dilation ?? [.. kernel.Select(_ => 1L)]);
    }

    private static long[]? ToArray(long? value) => value is { } number ? [number] : null;
}
