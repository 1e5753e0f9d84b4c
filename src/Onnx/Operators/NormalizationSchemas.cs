using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures of normalisations, read from the standard's operator pages (https://onnx.ai/onnx/operators/), for opsets
/// 14 to 21.
/// </summary>
internal static class NormalizationSchemas
{
    private static readonly Range One = 1..1;
    private static readonly AttributeSchema Epsilon = new("epsilon", AttributeType.Float);

    internal static FrozenDictionary<string, OperatorSchema> All { get; } = new Dictionary<string, OperatorSchema>
    {
        [Operators.BatchNormalization] = new(
            5..5, One, [Epsilon, new("momentum", AttributeType.Float), new("training_mode", AttributeType.Int)], NormalizationRules.PerChannel),
        [Operators.InstanceNormalization] = new(3..3, One, [Epsilon], NormalizationRules.PerChannel),
        [Operators.LayerNormalization] = new(
            2..3, One, [Epsilon, new("axis", AttributeType.Int), new("stash_type", AttributeType.Int)], NormalizationRules.Layer),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
