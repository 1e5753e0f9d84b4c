using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Models;

namespace OnnxSentiment.Runtime.Internals;

/// <summary>The inputs and outputs that a graph has to have.</summary>
internal static class GraphSignature
{
    private const int AnySize = -1;

    /// <summary>Throws unless the graph reads ids and writes logits and probabilities.</summary>
    /// <exception cref="InvalidInputException">An input or output is missing, or of another type or shape.</exception>
    public static void Check(InferenceSession session)
    {
        CheckValue("input", GraphNames.InputIds, session.InputMetadata, typeof(long), AnySize);
        CheckValue("output", GraphNames.Logit, session.OutputMetadata, typeof(float), 1);
        CheckValue("output", GraphNames.Probability, session.OutputMetadata, typeof(float), 1);
        if (session.InputMetadata.Count > 1)
        {
            throw new InvalidInputException(
                $"its inputs are {Names(session.InputMetadata)}, but '{GraphNames.InputIds}' alone was expected");
        }
    }

    private static void CheckValue(
        string role, string name, IReadOnlyDictionary<string, NodeMetadata> values, Type type, int columns)
    {
        if (!values.TryGetValue(name, out var value))
        {
            throw new InvalidInputException(
                $"it has no {role} '{name}' (found: {Names(values)})");
        }

        var expected = Describe(type, [AnySize, columns]);
        var found = value.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR
            ? Describe(value.ElementType, value.Dimensions)
            : value.OnnxValueType.ToString();
        if (found != expected)
        {
            throw new InvalidInputException($"its {role} '{name}' is {found}, but {expected} was expected");
        }
    }

    private static string Names(IReadOnlyDictionary<string, NodeMetadata> values) =>
        values.Count == 0 ? "none" : string.Join(", ", values.Keys.Select(name => $"'{name}'"));

    private static string Describe(Type type, int[] dimensions) =>
        $"{type.Name.ToLowerInvariant()} [{string.Join(", ", dimensions.Select(size => size == AnySize ? "any" : $"{size}"))}]";
}
