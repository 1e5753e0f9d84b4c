using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>An attribute that an operator allows.</summary>
internal sealed record AttributeSchema(string Name, AttributeType Type, bool Required = false);

/// <summary>The signature of an operator in one opset, and how its outputs' types follow from its inputs'.</summary>
/// <param name="Inputs">Fewest and most inputs.</param>
/// <param name="Outputs">Fewest and most outputs.</param>
/// <param name="Attributes">All attributes that it allows.</param>
/// <param name="Infer">Reports what does not fit and sets the outputs.</param>
/// <param name="Optional">Inputs among the fewest that may be left out all the same.</param>
internal sealed record OperatorSchema(
    Range Inputs, Range Outputs, IReadOnlyList<AttributeSchema> Attributes, Action<NodeContext> Infer, params IReadOnlyList<int> Optional);
