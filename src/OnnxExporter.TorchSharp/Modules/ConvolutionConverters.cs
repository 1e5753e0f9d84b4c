using OnnxSentiment.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using Convolution = TorchSharp.Modules.Convolution;
using Padding = TorchSharp.Padding;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Convolutions.</summary>
internal static class ConvolutionConverters
{
    private const string Options =
        "stride, padding by number, valid and same, dilation, groups, with bias or without, " +
        "padding_mode zeros, reflect, replicate, circular";

    private const string Operators = "Conv; Pad for reflect and replicate; Slice, Concat for circular";

    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<Conv1d>(
            new("`[batch, channels, length]`", Options, "data without a batch", Operators),
            (scope, conv, x) => Add(scope, conv, x, "[batch, channels, length]", 3)),
        ModuleConverter.Of<Conv2d>(
            new(
                "`[batch, channels, height, width]`",
                Options,
                "data without a batch; same with another padding_mode than zeros where height and width need " +
                "different padding",
                Operators),
            (scope, conv, x) => Add(scope, conv, x, "[batch, channels, height, width]", 4)),
    ];

    private static string Add(OnnxScope scope, Convolution conv, OnnxValue x, string expected, int rank)
    {
        scope.RequireRank(x, expected, rank);
        RefuseExchangedPadding(scope, conv);
        var window = new SlidingWindow(conv.kernel_size, conv.stride, Pads(conv), conv.dilation);
        return ConvolutionLayer.Add(
            scope.Graph, scope.Name, scope.Weight("weight", conv.weight), scope.OptionalWeight("bias", conv.bias),
            window, conv.groups, EdgeModeOf(scope, conv.padding_mode), x.Name);
    }

    // libtorch pads as its function wants it, the last dimension first, but counts "same" from the first one on.
    private static void RefuseExchangedPadding(OnnxScope scope, Convolution conv)
    {
        var isPadded = conv.padding_type == Padding.Same && conv.padding_mode != PaddingModes.Zeros;
        if (isPadded && SameTotals(conv).Distinct().Count() > 1)
        {
            throw scope.Unsupported(
                $"with padding 'same' and padding_mode {conv.padding_mode} libtorch exchanges the padding of height " +
                "and width, which is right only where both are the same; " +
                $"here they are [{string.Join(", ", SameTotals(conv))}]: pad by number");
        }
    }

    // "Same" adds as much as the window covers beside its own position; of an odd number the larger part after the
    // data.
    private static long[] Pads(Convolution conv)
    {
        if (conv.padding_type != Padding.Same)
        {
            var padding = conv.padding_type == Padding.Valid ? null : conv.padding;
            padding ??= new long[conv.kernel_size.Length];
            return [.. padding, .. padding];
        }

        var totals = SameTotals(conv);
        return [.. totals.Select(total => total / 2), .. totals.Select(total => total - (total / 2))];
    }

    private static long[] SameTotals(Convolution conv) =>
        [.. conv.kernel_size.Zip(conv.dilation, (size, dilation) => dilation * (size - 1))];

    private static EdgeMode EdgeModeOf(OnnxScope scope, PaddingModes mode) => mode switch
    {
        PaddingModes.Zeros => EdgeMode.Zeros,
        PaddingModes.Reflect => EdgeMode.Reflect,
        PaddingModes.Replicate => EdgeMode.Replicate,
        PaddingModes.Circular => EdgeMode.Circular,
        _ => throw scope.Unsupported($"padding_mode is {mode}, but Zeros, Reflect, Replicate or Circular was expected"),
    };
}
