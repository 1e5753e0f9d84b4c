using OnnxSentiment.Onnx;
using TorchSharp;
using static TorchSharp.torch.nn;
using static TorchSharp.torch;
using Approximate = TorchSharp.Modules.GELU.Approximate;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>Modules from one tensor to one, each with the options that change what it computes.</summary>
internal static class ModuleCases
{
    private static readonly Dimension[] Matrix = ["batch", 6];
    private static readonly Dimension[] Steps = ["batch", "sequence", 6];
    private static readonly Dimension[] Line = ["batch", 4, "length"];
    private static readonly Dimension[] Area = ["batch", 4, "height", "width"];

    private static readonly long[][] Matrices = [[1, 6], [5, 6]];
    private static readonly long[][] StepSizes = [[1, 1, 6], [3, 5, 6]];
    private static readonly long[][] Lines = [[1, 4, 9], [3, 4, 16]];
    private static readonly long[][] Areas = [[1, 4, 9, 12], [2, 4, 16, 7]];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModuleCase> All { get; } =
        [.. Products(), .. Embeddings(), .. Convolutions(), .. Pools(), .. AdaptivePools(), .. Norms(), .. Activations(), .. Layouts(), .. Containers(), .. Encoders()];

    private static IEnumerable<ModuleCase> Products() =>
    [
        new("Linear, matrix", () => Linear(6, 5), Matrix, Matrices),
        new("Linear, matrix, no bias", () => Linear(6, 5, hasBias: false), Matrix, Matrices),
        new("Linear, steps", () => Linear(6, 5), Steps, StepSizes),
        new("Linear, steps, no bias", () => Linear(6, 5, hasBias: false), Steps, StepSizes),
    ];

    private static IEnumerable<ModuleCase> Embeddings()
    {
        yield return Ids("Embedding", () => Embedding(11, 3));
        yield return Ids("Embedding, padding_idx", () => Embedding(11, 3, padding_idx: 0));
        yield return Ids("Embedding, max_norm", () => Embedding(11, 3, max_norm: 0.5));
        foreach (var mode in Enum.GetValues<EmbeddingBagMode>())
        {
            yield return Ids($"EmbeddingBag, {mode}", () => new BagOfIds(EmbeddingBag(11, 3, mode: mode)));
            yield return Ids($"EmbeddingBag, {mode}, max_norm", () => new BagOfIds(EmbeddingBag(11, 3, max_norm: 0.5, mode: mode)));
            foreach (var padding in (long[])[0, 4, 10])
            {
                yield return Ids($"EmbeddingBag, {mode}, padding_index {padding}", () => new BagOfIds(EmbeddingBag(11, 3, mode: mode, padding_index: padding)));
            }
        }
    }

    private static ModuleCase Ids(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, ["batch", "sequence"], [[1, 1], [4, 7], [9, 2]]) { LargestId = 10 };

    private static IEnumerable<ModuleCase> Convolutions()
    {
        foreach (var bias in (bool[])[true, false])
        {
            yield return new($"Conv1d, bias {bias}", () => Conv1d(4, 6, 3, bias: bias), Line, Lines);
            yield return new($"Conv2d, bias {bias}", () => Conv2d(4, 6, 3, bias: bias), Area, Areas);
        }

        yield return new("Conv1d, stride 2, dilation 2, groups 2", () => Conv1d(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2), Line, Lines);
        yield return new("Conv2d, depthwise", () => Conv2d(4, 4, 3, padding: 1, groups: 4), Area, Areas);
        yield return new("Conv2d, unequal kernel, stride, padding, dilation", () => Conv2d(4, 6, (3, 2), (2, 1), (2, 1), (1, 2)), Area, Areas);
        foreach (var size in (long[])[2, 3, 4])
        {
            yield return new($"Conv1d, same, kernel {size}", () => Conv1d(4, 6, size, padding: Padding.Same, dilation: 2), Line, Lines);
            yield return new($"Conv2d, same, kernel {size}", () => Conv2d(4, 6, size, padding: Padding.Same), Area, Areas);
        }

        yield return new("Conv1d, valid", () => Conv1d(4, 6, 3, padding: Padding.Valid), Line, Lines);
        foreach (var mode in (PaddingModes[])[PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular])
        {
            yield return new($"Conv1d, {mode}", () => Conv1d(4, 6, 3, padding: 2, padding_mode: mode), Line, Lines);
            yield return new($"Conv2d, {mode}", () => Conv2d(4, 6, 3, padding: 2, padding_mode: mode), Area, Areas);
            yield return new($"Conv2d, {mode}, same, kernel 4", () => Conv2d(4, 6, 4, padding: Padding.Same, padding_mode: mode), Area, Areas);
        }
    }

    private static IEnumerable<ModuleCase> Pools()
    {
        foreach (var ceil in (bool[])[false, true])
        {
            yield return new($"MaxPool1d, ceil {ceil}", () => MaxPool1d(3, stride: 2, padding: 1, ceil_mode: ceil), Line, Lines);
            yield return new($"MaxPool1d, dilation, ceil {ceil}", () => MaxPool1d(3, stride: 2, dilation: 2, ceil_mode: ceil), Line, Lines);
            yield return new($"MaxPool2d, ceil {ceil}", () => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: ceil), Area, Areas);
            yield return new($"MaxPool2d, default stride, ceil {ceil}", () => MaxPool2d(2, ceil_mode: ceil), Area, Areas);
            foreach (var count in (bool[])[false, true])
            {
                yield return new($"AvgPool1d, ceil {ceil}, count_include_pad {count}", () => AvgPool1d(3, stride: 2, padding: 1, ceil_mode: ceil, count_include_pad: count), Line, Lines);
                yield return new($"AvgPool2d, ceil {ceil}, count_include_pad {count}", () => AvgPool2d(3, stride: 2, padding: 1, ceil_mode: ceil, count_include_pad: count), Area, Areas);
            }

            yield return new($"AvgPool1d, default stride, ceil {ceil}", () => AvgPool1d(4, ceil_mode: ceil), Line, Lines);
        }

        yield return new("MaxPool2d, unequal", () => MaxPool2d((3, 2), (2, 1), (1, 0)), Area, Areas);
        yield return new("AvgPool2d, divisor_override", () => AvgPool2d(2, padding: 1, divisor_override: 3), Area, Areas);
    }

    private static IEnumerable<ModuleCase> AdaptivePools() =>
    [
        new("AdaptiveAvgPool1d, 1", () => AdaptiveAvgPool1d(1), Line, Lines),
        new("AdaptiveAvgPool1d, divides", () => AdaptiveAvgPool1d(3), ["batch", 4, 12], [[1, 4, 12], [3, 4, 12]]),
        new("AdaptiveAvgPool1d, does not divide", () => AdaptiveAvgPool1d(5), ["batch", 4, 12], [[1, 4, 12], [3, 4, 12]]),
        new("AdaptiveAvgPool1d, more than there are", () => AdaptiveAvgPool1d(5), ["batch", 4, 3], [[1, 4, 3], [3, 4, 3]]),
        new("AdaptiveAvgPool2d, 1", () => AdaptiveAvgPool2d(1), Area, Areas),
        new("AdaptiveAvgPool2d, divides", () => AdaptiveAvgPool2d((2, 3)), ["batch", 4, 8, 9], [[1, 4, 8, 9], [3, 4, 8, 9]]),
        new("AdaptiveAvgPool2d, does not divide", () => AdaptiveAvgPool2d((3, 7)), ["batch", 4, 8, 9], [[1, 4, 8, 9], [3, 4, 8, 9]]),
    ];

    private static IEnumerable<ModuleCase> Norms()
    {
        foreach (var affine in (bool[])[true, false])
        {
            yield return new($"BatchNorm1d, matrix, affine {affine}", () => BatchNorm1d(6, affine: affine), Matrix, Matrices);
            yield return new($"BatchNorm1d, line, affine {affine}", () => BatchNorm1d(4, eps: 0.1, affine: affine), Line, Lines);
            yield return new($"BatchNorm2d, affine {affine}", () => BatchNorm2d(4, affine: affine), Area, Areas);
            yield return new($"LayerNorm, affine {affine}", () => LayerNorm(6, eps: 0.1, elementwise_affine: affine), Steps, StepSizes);
            yield return new($"GroupNorm, 2 of 4, affine {affine}", () => GroupNorm(2, 4, affine: affine), Area, Areas);
        }

        yield return new("LayerNorm, two dimensions", () => LayerNorm([5, 6]), ["batch", 5, 6], [[1, 5, 6], [4, 5, 6]]);
        yield return new("LayerNorm, no bias", () => LayerNorm(6, bias: false), Matrix, Matrices);
        yield return new("GroupNorm, 1 of 4, line", () => GroupNorm(1, 4, eps: 0.1), Line, Lines);
        yield return new("GroupNorm, 4 of 4", () => GroupNorm(4, 4), Area, Areas);
    }

    private static IEnumerable<ModuleCase> Activations() =>
    [
        Function("ReLU", () => ReLU()), Function("ReLU, inplace", () => ReLU(inplace: true)),
        Function("LeakyReLU", () => LeakyReLU()), Function("LeakyReLU, 0.3", () => LeakyReLU(0.3)),
        Function("ELU", () => ELU()), Function("ELU, 0.5", () => ELU(0.5)),
        Function("GELU", () => GELU()), Function("GELU, tanh", () => GELU(Approximate.tanh)),
        Function("SiLU", () => SiLU()), Function("Tanh", () => Tanh()), Function("Sigmoid", () => Sigmoid()),
        Function("Hardswish", () => Hardswish()),
        Function("Softplus", () => Softplus()), Function("Softplus, beta, threshold", () => Softplus(2, 1)),
        Function("Softmax, -1", () => Softmax(-1)), Function("Softmax, 1", () => Softmax(1)),
        Function("LogSoftmax, -1", () => LogSoftmax(-1)), Function("LogSoftmax, 0", () => LogSoftmax(0)),
        Function("PReLU, one", () => PReLU(1)),
        new("PReLU, matrix", () => PReLU(6), Matrix, Matrices), new("PReLU, area", () => PReLU(4), Area, Areas),
    ];

    private static ModuleCase Function(string name, Func<Module<Tensor, Tensor>> create) => new(name, create, Steps, StepSizes);

    private static IEnumerable<ModuleCase> Layouts() =>
    [
        new("Flatten", () => Flatten(), ["batch", 3, 4, 5], [[1, 3, 4, 5], [6, 3, 4, 5]]),
        new("Flatten, dynamic", () => Flatten(), Area, Areas),
        new("Flatten, 0 to 1", () => Flatten(0, 1), Steps, StepSizes),
        new("Flatten, 1 to -2, dynamic behind", () => Flatten(1, -2), Area, Areas),
        new("Unflatten", () => Unflatten(1, [2, 3]), Matrix, Matrices),
        new("Unflatten, the rest", () => Unflatten(2, [3, -1]), Steps, StepSizes),
        new("Unflatten, dynamic behind", () => Unflatten(1, [2, 2]), Area, Areas),
        Function("Dropout", () => Dropout(0.5)), Function("Identity", () => Identity()), Function("AlphaDropout", () => AlphaDropout()),
        new("Dropout1d", () => Dropout1d(), Line, Lines), new("Dropout2d", () => Dropout2d(), Area, Areas),
    ];

    private static IEnumerable<ModuleCase> Containers()
    {
        return
        [
            new("Sequential", () => Sequential(Linear(6, 5), Tanh(), Dropout(), Linear(5, 2)), Steps, StepSizes),
            new("Sequential, names", () => Sequential(("input", Linear(6, 5)), ("output", ReLU())), Matrix, Matrices),
            new("Sequential in Sequential", () => Sequential(Sequential(Linear(6, 5), ReLU()), Linear(5, 2)), Matrix, Matrices),
            new("Sequential, a module twice", () => Sequential(Linear(6, 6), Tanh(), Linear(6, 6)), Matrix, Matrices),
        ];
    }

    private static IEnumerable<ModuleCase> Encoders()
    {
        foreach (var activation in Enum.GetValues<torch.nn.Activations>())
        {
            foreach (var heads in (long[])[1, 2, 4, 8])
            {
                yield return Sequences($"TransformerEncoderLayer, {heads} heads, {activation}", () => TransformerEncoderLayer(8, heads, 12, 0.1, activation));
            }

            yield return Sequences($"TransformerEncoder, 3 layers, {activation}", () => new EncoderAlone(TransformerEncoder(TransformerEncoderLayer(8, 2, 12, 0.1, activation), 3)));
        }
    }

    private static ModuleCase Sequences(string name, Func<Module<Tensor, Tensor>> create) =>
        new(name, create, ["sequence", "batch", 8], [[1, 1, 8], [5, 3, 8], [12, 2, 8]]);
}
