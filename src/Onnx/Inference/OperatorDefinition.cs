using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>An attribute that an operator allows.</summary>
internal sealed record AttributeSchema(string Name, AttributeType Type, bool Required = false);

/// <summary>
/// The signature of an operator and how its outputs' types follow from its inputs', as the standard's operator pages
/// say (https://onnx.ai/onnx/operators/).
/// </summary>
/// <param name="Name">The exact name.</param>
/// <param name="Inputs">Fewest and most inputs.</param>
/// <param name="Infer">Reports what does not fit and sets the outputs.</param>
/// <param name="Attributes">All attributes that it allows.</param>
internal sealed record OperatorDefinition(
    string Name, Range Inputs, Action<NodeContext> Infer, params IReadOnlyList<AttributeSchema> Attributes)
{
    /// <summary>Fewest and most outputs.</summary>
    internal Range Outputs { get; init; } = 1..1;

    /// <summary>Inputs among the fewest that may be left out all the same.</summary>
    internal IReadOnlyList<int> Optional { get; init; } = [];

    /// <summary>The lowest opset with this signature; it holds up to the next definition of the same name.</summary>
    internal int Since { get; init; } = Opset.Minimum;

    internal string Domain { get; init; } = Domains.Standard;
}
