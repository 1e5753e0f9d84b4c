using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures of the operators that graphs with texts as input use besides: from the standard's pages, and for
/// <c>Tokenizer</c> from ONNX Runtime's page of its own operators (docs/ContribOperators.md in its repository).
/// </summary>
internal static class TextSchemas
{
    private static readonly Range One = 1..1;
    private static readonly Range Two = 2..2;

    internal static readonly FrozenDictionary<string, OperatorSchema> All = new Dictionary<string, OperatorSchema>
    {
        [Operators.StringNormalizer] = new(
            One, One,
            [
                new("case_change_action", AttributeType.String), new("is_case_sensitive", AttributeType.Int),
                new("locale", AttributeType.String), new("stopwords", AttributeType.Strings),
            ],
            TextRules.StringNormalizer),
        [Operators.Tokenizer] = new(
            One, One,
            [
                new("mark", AttributeType.Int, Required: true), new("mincharnum", AttributeType.Int, Required: true),
                new("pad_value", AttributeType.String, Required: true), new("separators", AttributeType.Strings),
                new("tokenexp", AttributeType.String),
            ],
            TextRules.Tokenizer),
        [Operators.LabelEncoder] = new(
            One, One,
            [
                new("default_float", AttributeType.Float), new("default_int64", AttributeType.Int),
                new("default_string", AttributeType.String), new("keys_floats", AttributeType.Floats),
                new("keys_int64s", AttributeType.Ints), new("keys_strings", AttributeType.Strings),
                new("values_floats", AttributeType.Floats), new("values_int64s", AttributeType.Ints),
                new("values_strings", AttributeType.Strings),
            ],
            TextRules.LabelEncoder),
        [Operators.Sub] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Min] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Max] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.GreaterOrEqual] = new(Two, One, [], IndexingRules.GreaterOrEqual),
        [Operators.Shape] = new(One, One, [], IndexingRules.Shape),
        [Operators.Range] = new(3..3, One, [], IndexingRules.Range),
        [Operators.GatherElements] = new(Two, One, [new("axis", AttributeType.Int)], IndexingRules.GatherElements),
        [Operators.Pad] = new(2..3, One, [new("mode", AttributeType.String)], IndexingRules.Pad),
        [Operators.Squeeze] = new(Two, One, [], IndexingRules.Squeeze),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
