using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures of convolution and pooling, read from the standard's operator pages (https://onnx.ai/onnx/operators/),
/// for opsets 14 to 21. <c>auto_pad</c> is left out: its "same" depends on the runtime, and pads say it exactly.
/// </summary>
internal static class WindowSchemas
{
    private static readonly Range One = 1..1;

    private static readonly AttributeSchema[] Window =
    [
        new("kernel_shape", AttributeType.Ints, Required: true),
        new("pads", AttributeType.Ints),
        new("strides", AttributeType.Ints),
    ];

    private static readonly AttributeSchema Dilations = new("dilations", AttributeType.Ints);
    private static readonly AttributeSchema CeilMode = new("ceil_mode", AttributeType.Int);

    internal static FrozenDictionary<string, OperatorSchema> All { get; } = new Dictionary<string, OperatorSchema>
    {
        [Operators.Conv] = new(2..3, One, [.. Window, Dilations, new("group", AttributeType.Int)], WindowRules.Conv),
        [Operators.MaxPool] = new(One, One, [.. Window, Dilations, CeilMode, new("storage_order", AttributeType.Int)], WindowRules.Pool),
        [Operators.AveragePool] = new(One, One, [.. Window, CeilMode, new("count_include_pad", AttributeType.Int)], WindowRules.Pool),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
