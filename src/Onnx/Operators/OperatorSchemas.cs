using System.Collections.Frozen;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The signatures, read from the standard's operator pages (https://onnx.ai/onnx/operators/), for opsets 14 to 21. In this
/// range only the reductions' axes moved; other revisions merely added element types.
/// </summary>
internal static class OperatorSchemas
{
    private static readonly Range One = 1..1;
    private static readonly Range Two = 2..2;
    private static readonly Range Three = 3..3;

    private static readonly AttributeSchema KeepDims = new("keepdims", AttributeType.Int);
    private static readonly AttributeSchema NoopWithEmptyAxes = new("noop_with_empty_axes", AttributeType.Int);

    private static readonly AttributeSchema[] RecurrentAttributes =
    [
        new("activation_alpha", AttributeType.Floats),
        new("activation_beta", AttributeType.Floats),
        new("activations", AttributeType.Strings),
        new("clip", AttributeType.Float),
        new("direction", AttributeType.String),
        new("hidden_size", AttributeType.Int),
        new("layout", AttributeType.Int),
    ];

    private static readonly OperatorSchema ReduceWithAxesInput =
        new(1..2, One, [KeepDims, NoopWithEmptyAxes], ReductionRules.Reduce);

    private static readonly OperatorSchema ReduceWithAxesAttribute =
        new(One, One, [KeepDims, new("axes", AttributeType.Ints)], ReductionRules.Reduce);

    private static readonly FrozenDictionary<string, OperatorSchema> Schemas = new Dictionary<string, OperatorSchema>
    {
        [Operators.Add] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Mul] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Div] = new(Two, One, [], ElementwiseRules.ComputeMode),
        [Operators.Equal] = new(Two, One, [], ElementwiseRules.Equal),
        [Operators.Not] = new(One, One, [], ElementwiseRules.Not),
        [Operators.Tanh] = new(One, One, [], ElementwiseRules.RealFunction),
        [Operators.Relu] = new(One, One, [], ElementwiseRules.SignedFunction),
        [Operators.Sigmoid] = new(One, One, [], ElementwiseRules.RealFunction),
        [Operators.Where] = new(Three, One, [], ElementwiseRules.Where),
        [Operators.Cast] = new(One, One, [new("to", AttributeType.Int, Required: true), new("saturate", AttributeType.Int)], ElementwiseRules.Cast),
        [Operators.Gather] = new(Two, One, [new("axis", AttributeType.Int)], LayoutRules.Gather),
        [Operators.Transpose] = new(One, One, [new("perm", AttributeType.Ints)], LayoutRules.Transpose),
        [Operators.Reshape] = new(Two, One, [new("allowzero", AttributeType.Int)], LayoutRules.Reshape),
        [Operators.Unsqueeze] = new(Two, One, [], LayoutRules.Unsqueeze),
        [Operators.Concat] = new(1..int.MaxValue, One, [new("axis", AttributeType.Int, Required: true)], LayoutRules.Concat),
        [Operators.MatMul] = new(Two, One, [], ProductRules.MatMul),
        [Operators.Gemm] = new(
            2..3, One,
            [
                new("alpha", AttributeType.Float), new("beta", AttributeType.Float),
                new("transA", AttributeType.Int), new("transB", AttributeType.Int),
            ],
            ProductRules.Gemm),
        [Operators.ArgMax] = new(
            One, One, [new("axis", AttributeType.Int), KeepDims, new("select_last_index", AttributeType.Int)], ReductionRules.ArgMax),
        [Operators.ReduceSum] = ReduceWithAxesInput,
        [Operators.Softmax] = new(One, One, [new("axis", AttributeType.Int)], ReductionRules.Softmax),
        [Operators.Rnn] = new(3..6, 0..2, RecurrentAttributes, RecurrentRules.Rnn),
        [Operators.Gru] = new(
            3..6, 0..2, [.. RecurrentAttributes, new("linear_before_reset", AttributeType.Int)], RecurrentRules.Gru),
        [Operators.Lstm] = new(3..8, 0..3, [.. RecurrentAttributes, new("input_forget", AttributeType.Int)], RecurrentRules.Lstm),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, OperatorSchema>[] Tables =
        [Schemas, TextSchemas.All, QuantizedSchemas.All, FunctionSchemas.All, WindowSchemas.All, NormalizationSchemas.All];

    /// <summary>The signature of an operator, or null for one that is not known.</summary>
    internal static OperatorSchema? Find(string op, int opset) => op switch
    {
        Operators.ReduceMax or Operators.ReduceMean =>
            opset >= Opset.ReduceAxesAsInput ? ReduceWithAxesInput : ReduceWithAxesAttribute,
        Operators.LayerNormalization when opset < Opset.LayerNormalization => null,
        _ => Tables.Select(table => table.GetValueOrDefault(op)).FirstOrDefault(schema => schema is not null),
    };

    /// <summary>All known names, for messages.</summary>
    internal static IEnumerable<string> KnownNames =>
        Tables.SelectMany(table => table.Keys).Append(Operators.ReduceMax).Append(Operators.ReduceMean).Order(StringComparer.Ordinal);
}
