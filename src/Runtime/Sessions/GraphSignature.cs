using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>The inputs and outputs that a graph has to have.</summary>
internal static class GraphSignature
{
    private const int AnySize = -1;

    /// <summary>What the graph reads, of one that writes what a classifier of its kind does.</summary>
    /// <exception cref="InvalidInputException">An input or output is missing, or of another type or shape.</exception>
    public static InputKind Check(InferenceSession session)
    {
        var inputs = session.InputMetadata;
        if (inputs.ContainsKey(GraphNames.Text) && !inputs.ContainsKey(GraphNames.InputIds))
        {
            CheckText(session);
            return InputKind.Text;
        }

        CheckValue("input", GraphNames.InputIds, inputs, typeof(long), AnySize, AnySize);
        CheckScores(session);
        CheckOnlyInput(session, GraphNames.InputIds);
        return InputKind.Ids;
    }

    /// <summary>The columns of the logits of a graph that has passed a check.</summary>
    public static int LogitCountOf(InferenceSession session) => ColumnsOf(session, GraphNames.Logit);

    private static void CheckText(InferenceSession session)
    {
        CheckValue("input", GraphNames.Text, session.InputMetadata, typeof(string), AnySize);
        CheckValue("output", GraphNames.Label, session.OutputMetadata, typeof(string), AnySize);
        CheckScores(session);
        CheckOnlyInput(session, GraphNames.Text);
    }

    // As many columns as the logits have; how many that should be, the labels of the metadata say.
    private static void CheckScores(InferenceSession session)
    {
        var logits = session.OutputMetadata.ContainsKey(GraphNames.Logit) ? ColumnsOf(session, GraphNames.Logit) : 1;
        CheckValue("output", GraphNames.Logit, session.OutputMetadata, typeof(float), AnySize, logits);
        CheckValue("output", GraphNames.Probability, session.OutputMetadata, typeof(float), AnySize, logits);
    }

    private static int ColumnsOf(InferenceSession session, string output) =>
        session.OutputMetadata[output] is { IsTensor: true, Dimensions: [_, > 0 and var columns] } ? columns : 1;

    private static void CheckOnlyInput(InferenceSession session, string name)
    {
        if (session.InputMetadata.Count > 1)
        {
            throw new InvalidInputException(
                $"its inputs are {Names(session.InputMetadata)}, but '{name}' alone was expected");
        }
    }

    private static void CheckValue(
        string role, string name, IReadOnlyDictionary<string, NodeMetadata> values, Type type, params int[] dimensions)
    {
        if (!values.TryGetValue(name, out var value))
        {
            throw new InvalidInputException(
                $"it has no {role} '{name}' (found: {Names(values)})");
        }

        var expected = Describe(type, dimensions);
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
        $"{type.Name.ToLowerInvariant()} [{string.Join(", ", dimensions.Select(Describe))}]";

    private static string Describe(int size) => size == AnySize ? "any" : $"{size}";
}
