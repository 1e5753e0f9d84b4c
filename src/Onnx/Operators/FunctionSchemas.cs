using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures of activations and of other functions of single elements, and of what moves elements beside them, read
/// from the standard's operator pages (https://onnx.ai/onnx/operators/), for opsets 14 to 21.
/// </summary>
internal static class FunctionSchemas
{
    private static readonly Range One = 1..1;
    private static readonly Range Two = 2..2;

    private static readonly OperatorSchema RealFunction = new(One, One, [], ElementwiseRules.RealFunction);
    private static readonly OperatorSchema SignedFunction = new(One, One, [], ElementwiseRules.SignedFunction);
    private static readonly OperatorSchema Comparison = new(Two, One, [], IndexingRules.GreaterOrEqual);
    private static readonly AttributeSchema Alpha = new("alpha", AttributeType.Float);

    internal static FrozenDictionary<string, OperatorSchema> All { get; } = new Dictionary<string, OperatorSchema>
    {
        [Operators.Abs] = SignedFunction,
        [Operators.Neg] = SignedFunction,
        [Operators.Erf] = RealFunction,
        [Operators.Exp] = RealFunction,
        [Operators.Log] = RealFunction,
        [Operators.Sqrt] = RealFunction,
        [Operators.HardSwish] = RealFunction,
        [Operators.Softplus] = RealFunction,
        [Operators.Elu] = RealFunction with { Attributes = [Alpha] },
        [Operators.LeakyRelu] = RealFunction with { Attributes = [Alpha] },
        [Operators.PRelu] = new(Two, One, [], ElementwiseRules.PRelu),
        [Operators.Pow] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Greater] = Comparison,
        [Operators.Less] = Comparison,
        [Operators.LogSoftmax] = new(One, One, [new("axis", AttributeType.Int)], ReductionRules.Softmax),
        [Operators.Identity] = new(One, One, [], ElementwiseRules.SetLikeInput),
        [Operators.Slice] = new(3..5, One, [], LayoutRules.Slice),
        [Operators.Expand] = new(Two, One, [], LayoutRules.Expand),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
