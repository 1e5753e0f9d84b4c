using OnnxSentiment.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Approximate = TorchSharp.Modules.GELU.Approximate;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Modules from one tensor to one, each with the options that change what it computes.</summary>
internal static class ModuleCases
{
    private static readonly Dimension[] Matrix = ["batch", 6];
    private static readonly Dimension[] Steps = ["batch", "sequence", 6];
    private static readonly Dimension[] Line = ["batch", 4, "length"];
    private static readonly Dimension[] Area = ["batch", 4, "height", "width"];

    private static readonly Dimension[] FixedLine = ["batch", 4, 12];
    private static readonly Dimension[] FixedArea = ["batch", 4, 8, 9];

    private static readonly long[][] Matrices = [[1, 6], [5, 6]];
    private static readonly long[][] StepSizes = [[1, 1, 6], [3, 5, 6]];
    private static readonly long[][] Lines = [[1, 4, 9], [3, 4, 16]];
    private static readonly long[][] FixedLines = [[1, 4, 12], [3, 4, 12]];
    private static readonly long[][] FixedAreas = [[1, 4, 8, 9], [3, 4, 8, 9]];
    private static readonly long[][] Areas = [[1, 4, 9, 12], [2, 4, 16, 7]];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModuleCase> All { get; } =
    [
        .. Products(), .. Embeddings(), .. Convolutions(), .. Pools(), .. AdaptivePools(), .. Norms(),
        .. Activations(), .. Layouts(), .. Containers(), .. Encoders(),
    ];

    private static IEnumerable<ModuleCase> Products() =>
    [
        OnMatrix("Linear, matrix", () => Linear(6, 5)),
        OnMatrix("Linear, matrix, no bias", () => Linear(6, 5, hasBias: false)),
        OnSteps("Linear, steps", () => Linear(6, 5)),
        OnSteps("Linear, steps, no bias", () => Linear(6, 5, hasBias: false)),
    ];

    private static IEnumerable<ModuleCase> Embeddings()
    {
        yield return Ids("Embedding", () => Embedding(11, 3));
        yield return Ids("Embedding, padding_idx", () => Embedding(11, 3, padding_idx: 0));
        yield return Ids("Embedding, max_norm", () => Embedding(11, 3, max_norm: 0.5));
        foreach (var mode in Enum.GetValues<EmbeddingBagMode>())
        {
            yield return Ids($"EmbeddingBag, {mode}", () => new BagOfIds(EmbeddingBag(11, 3, mode: mode)));
            yield return Ids(
                $"EmbeddingBag, {mode}, max_norm", () => new BagOfIds(EmbeddingBag(11, 3, max_norm: 0.5, mode: mode)));
            yield return Ids(
                $"EmbeddingBag, {mode}, max_norm, padding_index 4",
                () => new BagOfIds(EmbeddingBag(11, 3, max_norm: 0.5, mode: mode, padding_index: 4)));
            foreach (var padding in (long[])[0, 4, 10])
            {
                yield return Ids(
                    $"EmbeddingBag, {mode}, padding_index {padding}",
                    () => new BagOfIds(EmbeddingBag(11, 3, mode: mode, padding_index: padding)));
            }
        }
    }

    private static ModuleCase Ids(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, ["batch", "sequence"], [[1, 1], [4, 7], [9, 2]]) { LargestId = 10 };

    private static IEnumerable<ModuleCase> Convolutions()
    {
        foreach (var bias in (bool[])[true, false])
        {
            yield return OnLine($"Conv1d, bias {bias}", () => Conv1d(4, 6, 3, bias: bias));
            yield return OnArea($"Conv2d, bias {bias}", () => Conv2d(4, 6, 3, bias: bias));
        }

        yield return OnLine(
            "Conv1d, stride 2, dilation 2, groups 2",
            () => Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2));
        yield return OnArea("Conv2d, depthwise", () => Conv2d(4, 4, 3, padding: 1, groups: 4));
        yield return OnArea(
            "Conv2d, unequal kernel, stride, padding, dilation", () => Conv2d(4, 6, (3, 2), (2, 1), (2, 1), (1, 2)));
        yield return OnArea(
            "Conv2d, same, unequal kernel", () => Conv2d(4, 6, (4, 3), padding: Padding.Same, dilation: (1, 2)));
        yield return OnArea(
            "Conv2d, groups, stride, no bias", () => Conv2d(4, 6, 3, stride: 2, groups: 2, bias: false));
        foreach (var size in (long[])[2, 3, 4])
        {
            yield return OnLine(
                $"Conv1d, same, kernel {size}", () => Conv1d(4, 6, size, padding: Padding.Same, dilation: 2));
            yield return OnArea($"Conv2d, same, kernel {size}", () => Conv2d(4, 6, size, padding: Padding.Same));
        }

        yield return OnLine("Conv1d, valid", () => Conv1d(4, 6, 3, padding: Padding.Valid));
        foreach (var mode in (PaddingModes[])[PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular])
        {
            yield return OnLine($"Conv1d, {mode}", () => Conv1d(4, 6, 3, padding: 2, padding_mode: mode));
            yield return OnArea($"Conv2d, {mode}", () => Conv2d(4, 6, 3, padding: 2, padding_mode: mode));
            yield return OnArea(
                $"Conv2d, {mode}, unequal", () => Conv2d(4, 6, (3, 2), (2, 1), (2, 1), padding_mode: mode));
            yield return OnArea(
                $"Conv2d, {mode}, same, kernel 4", () => Conv2d(4, 6, 4, padding: Padding.Same, padding_mode: mode));
        }
    }

    private static IEnumerable<ModuleCase> Pools()
    {
        foreach (var ceil in (bool[])[false, true])
        {
            yield return OnLine($"MaxPool1d, ceil {ceil}", () => MaxPool1d(3, stride: 2, padding: 1, ceil_mode: ceil));
            yield return OnLine(
                $"MaxPool1d, dilation, ceil {ceil}", () => MaxPool1d(3, stride: 2, dilation: 2, ceil_mode: ceil));
            yield return OnArea($"MaxPool2d, ceil {ceil}", () => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: ceil));
            yield return OnArea($"MaxPool2d, default stride, ceil {ceil}", () => MaxPool2d(2, ceil_mode: ceil));
            foreach (var count in (bool[])[false, true])
            {
                yield return OnLine(
                    $"AvgPool1d, ceil {ceil}, count_include_pad {count}",
                    () => AvgPool1d(3, stride: 2, padding: 1, ceil_mode: ceil, count_include_pad: count));
                yield return OnArea(
                    $"AvgPool2d, ceil {ceil}, count_include_pad {count}",
                    () => AvgPool2d(3, stride: 2, padding: 1, ceil_mode: ceil, count_include_pad: count));
            }

            yield return OnLine($"AvgPool1d, default stride, ceil {ceil}", () => AvgPool1d(4, ceil_mode: ceil));
        }

        yield return OnLine(
            "MaxPool1d, last window at the border", () => MaxPool1d(2, stride: 2, padding: 1, ceil_mode: true));
        yield return OnArea("MaxPool2d, unequal", () => MaxPool2d((3, 2), (2, 1), (1, 0)));
        yield return OnArea("AvgPool2d, unequal", () => AvgPool2d((3, 2), (2, 1), (1, 0)));
        foreach (var count in (bool[])[false, true])
        {
            yield return OnArea(
                $"AvgPool2d, divisor_override, count_include_pad {count}",
                () => AvgPool2d(2, padding: 1, count_include_pad: count, divisor_override: 3));
        }

        yield return OnArea(
            "AvgPool2d, divisor_override, unequal", () => AvgPool2d((3, 2), (2, 1), (1, 0), divisor_override: 5));
    }

    private static IEnumerable<ModuleCase> AdaptivePools() =>
    [
        OnLine("AdaptiveAvgPool1d, 1", () => AdaptiveAvgPool1d(1)),
        new("AdaptiveAvgPool1d, divides", () => AdaptiveAvgPool1d(3), FixedLine, FixedLines),
        new("AdaptiveAvgPool1d, does not divide", () => AdaptiveAvgPool1d(5), FixedLine, FixedLines),
        new(
            "AdaptiveAvgPool1d, more than there are",
            () => AdaptiveAvgPool1d(5), ["batch", 4, 3], [[1, 4, 3], [3, 4, 3]]),
        OnArea("AdaptiveAvgPool2d, 1", () => AdaptiveAvgPool2d(1)),
        new("AdaptiveAvgPool2d, divides", () => AdaptiveAvgPool2d((2, 3)), FixedArea, FixedAreas),
        new("AdaptiveAvgPool2d, one of one", () => AdaptiveAvgPool2d((1, 3)), FixedArea, FixedAreas),
        new("AdaptiveAvgPool2d, does not divide", () => AdaptiveAvgPool2d((3, 7)), FixedArea, FixedAreas),
    ];

    private static IEnumerable<ModuleCase> Norms()
    {
        foreach (var affine in (bool[])[true, false])
        {
            yield return OnMatrix($"BatchNorm1d, matrix, affine {affine}", () => BatchNorm1d(6, affine: affine));
            yield return OnLine($"BatchNorm1d, line, affine {affine}", () => BatchNorm1d(4, eps: 0.1, affine: affine));
            yield return OnArea($"BatchNorm2d, affine {affine}", () => BatchNorm2d(4, affine: affine));
            yield return OnSteps(
                $"LayerNorm, affine {affine}", () => LayerNorm(6, eps: 0.1, elementwise_affine: affine));
            yield return OnArea($"GroupNorm, 2 of 4, affine {affine}", () => GroupNorm(2, 4, affine: affine));
        }

        yield return OnMatrix("BatchNorm1d, matrix, eps", () => BatchNorm1d(6, eps: 0.1));
        yield return OnArea("BatchNorm2d, eps", () => BatchNorm2d(4, eps: 0.1));
        yield return new(
            "LayerNorm, two dimensions, neither scale nor shift",
            () => LayerNorm([5, 6], 0.1, elementwise_affine: false), ["batch", 5, 6], [[1, 5, 6], [4, 5, 6]]);
        yield return new("LayerNorm, two dimensions", () => LayerNorm([5, 6]), ["batch", 5, 6], [[1, 5, 6], [4, 5, 6]]);
        yield return OnMatrix("LayerNorm, no bias", () => LayerNorm(6, bias: false));
        yield return OnLine("GroupNorm, 1 of 4, line", () => GroupNorm(1, 4, eps: 0.1));
        yield return OnLine("GroupNorm, 2 of 4, eps, no affine", () => GroupNorm(2, 4, eps: 0.1, affine: false));
        yield return OnArea("GroupNorm, 4 of 4", () => GroupNorm(4, 4));
    }

    private static IEnumerable<ModuleCase> Activations() =>
    [
        OnSteps("ReLU", () => ReLU()),
        OnSteps("ReLU, inplace", () => ReLU(inplace: true)),
        OnSteps("LeakyReLU", () => LeakyReLU()),
        OnSteps("LeakyReLU, 0.3", () => LeakyReLU(0.3)),
        OnSteps("ELU", () => ELU()),
        OnSteps("ELU, 0.5", () => ELU(0.5)),
        OnSteps("GELU", () => GELU()),
        OnSteps("GELU, tanh", () => GELU(Approximate.tanh)),
        OnSteps("SiLU", () => SiLU()),
        OnSteps("Tanh", () => Tanh()),
        OnSteps("Sigmoid", () => Sigmoid()),
        OnSteps("Hardswish", () => Hardswish()),
        OnSteps("Softplus", () => Softplus()),
        OnSteps("Softplus, beta", () => Softplus(0.5)),
        OnSteps("Softplus, beta, threshold", () => Softplus(2, 1)),
        OnSteps("Softmax, -1", () => Softmax(-1)),
        OnSteps("Softmax, 1", () => Softmax(1)),
        OnSteps("Softmax, 0", () => Softmax(0)),
        OnSteps("LogSoftmax, -1", () => LogSoftmax(-1)),
        OnSteps("LogSoftmax, 0", () => LogSoftmax(0)),
        OnSteps("LogSoftmax, 1", () => LogSoftmax(1)),
        OnSteps("PReLU, one", () => PReLU(1)),
        OnMatrix("PReLU, matrix", () => PReLU(6)),
        OnArea("PReLU, area", () => PReLU(4)),
    ];

    private static IEnumerable<ModuleCase> Layouts() =>
    [
        new("Flatten", () => Flatten(), ["batch", 3, 4, 5], [[1, 3, 4, 5], [6, 3, 4, 5]]),
        OnArea("Flatten, dynamic", () => Flatten()),
        OnSteps("Flatten, 0 to 1", () => Flatten(0, 1)),
        OnArea("Flatten, 1 to -2, dynamic behind", () => Flatten(1, -2)),
        OnMatrix("Unflatten", () => Unflatten(1, [2, 3])),
        OnSteps("Unflatten, the rest", () => Unflatten(2, [3, -1])),
        OnArea("Unflatten, dynamic behind", () => Unflatten(1, [2, 2])),
        OnSteps("Dropout", () => Dropout(0.5)),
        OnSteps("Identity", () => Identity()),
        OnSteps("AlphaDropout", () => AlphaDropout()),
        OnLine("Dropout1d", () => Dropout1d()),
        OnArea("Dropout2d", () => Dropout2d()),
    ];

    private static IEnumerable<ModuleCase> Containers()
    {
        return
        [
            OnSteps("Sequential", () => Sequential(Linear(6, 5), Tanh(), Dropout(), Linear(5, 2))),
            OnMatrix("Sequential, names", () => Sequential(("input", Linear(6, 5)), ("output", ReLU()))),
            OnMatrix("Sequential in Sequential", () => Sequential(Sequential(Linear(6, 5), ReLU()), Linear(5, 2))),
            OnMatrix("Sequential, a module twice", () => Sequential(Linear(6, 6), Tanh(), Linear(6, 6))),
        ];
    }

    private static IEnumerable<ModuleCase> Encoders()
    {
        foreach (var activation in Enum.GetValues<torch.nn.Activations>())
        {
            foreach (var heads in (long[])[1, 2, 4, 8])
            {
                yield return Sequences(
                    $"TransformerEncoderLayer, {heads} heads, {activation}",
                    () => TransformerEncoderLayer(8, heads, 12, 0.1, activation));
            }

            yield return Sequences(
                $"TransformerEncoder, 3 layers, {activation}",
                () => new EncoderAlone(TransformerEncoder(TransformerEncoderLayer(8, 2, 12, 0.1, activation), 3)));
        }
    }

    private static ModuleCase Sequences(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, ["sequence", "batch", 8], [[1, 1, 8], [5, 3, 8], [12, 2, 8]]);

    private static ModuleCase OnMatrix(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, Matrix, Matrices);

    private static ModuleCase OnSteps(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, Steps, StepSizes);

    private static ModuleCase OnLine(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, Line, Lines);

    private static ModuleCase OnArea(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, Area, Areas);
}
