using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx;

/// <summary>
/// The operators that graphs are built of, by their exact names (https://onnx.ai/onnx/operators/). Each family is a
/// file: names, signatures by opset, rules of types and shapes, methods of the builder.
/// </summary>
public static partial class Operators
{
    internal static OperatorTable Table { get; } = new(
    [
        .. ArithmeticOperators.All,
        .. FunctionOperators.All,
        .. GatherOperators.All,
        .. JoinOperators.All,
        .. LogicOperators.All,
        .. NormalizationOperators.All,
        .. ProductOperators.All,
        .. QuantizedRecurrentOperators.All,
        .. RecurrentOperators.All,
        .. ReductionOperators.All,
        .. ReshapeOperators.All,
        .. SizeOperators.All,
        .. StringOperators.All,
        .. WindowOperators.All,
    ]);

    /// <summary>The operators of an opset.</summary>
    /// <exception cref="InvalidInputException">The opset is not supported.</exception>
    public static OperatorSet At(int opset) => new(Table, opset);
}
