using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures of ONNX Runtime's own operators that exported graphs use, read from its page of contrib operators
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
/// </summary>
internal static class QuantizedSchemas
{
    internal static FrozenDictionary<string, OperatorSchema> All { get; } = new Dictionary<string, OperatorSchema>
    {
        [Operators.DynamicQuantizeLstm] = new(
            12..12, 0..3,
            [
                new("activation_alpha", AttributeType.Floats), new("activation_beta", AttributeType.Floats),
                new("activations", AttributeType.Strings), new("clip", AttributeType.Float),
                new("direction", AttributeType.String), new("hidden_size", AttributeType.Int),
                new("input_forget", AttributeType.Int),
            ],
            QuantizedRecurrentRules.Lstm,
            Optional: [3, 4, 5, 6, 7]),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
