using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>Declared types and shapes that are those which the graph computes.</summary>
internal static class TypeCheck
{
    internal static void Run(GraphProto graph, GraphTypes types, ProblemList problems)
    {
        foreach (var info in graph.ValueInfo)
        {
            Compare(info, $"value '{info.Name}'", types.Of(info.Name), problems);
        }

        foreach (var info in graph.Output)
        {
            Compare(info, $"output '{info.Name}'", types.Of(info.Name), problems);
        }
    }

    private static void Compare(ValueInfoProto info, string place, TensorType? computed, ProblemList problems)
    {
        if (TensorType.Of(info) is not { } declared)
        {
            problems.Type($"{place} is declared as no tensor with an element type, but one was expected.");
        }
        else if (computed is null)
        {
            problems.Shape(
                $"{place} is declared as {declared}, but what the graph computes there could not be found out.");
        }
        else if (declared.Element != computed.Element)
        {
            problems.Type($"{place} is declared as {declared}, but the graph computes {computed}.");
        }
        else if (declared.HasNegativeSize || declared.Shape is null || computed.Shape is null
            || !Dimensions.Agree(declared.Shape, computed.Shape))
        {
            problems.Shape($"{place} is declared as {declared}, but the graph computes {computed}.");
        }
    }
}
