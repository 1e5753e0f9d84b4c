using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>The name of the class, for callers that want no number.</summary>
internal static class LabelOutput
{
    private const float Threshold = 0.5f;

    /// <summary>
    /// Adds the output <c>label</c>, string <c>[batch]</c>: of two labels the second from a probability of 0.5 on, of
    /// more the first of the most probable ones.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="probability">float <c>[batch, outputs]</c>.</param>
    /// <param name="labels">The class names.</param>
    public static void Add(GraphBuilder graph, string probability, IReadOnlyList<string> labels)
    {
        var index = LabelScores.LogitCount(labels.Count) == 1
            ? AddIsSecond(graph, probability)
            : graph.ArgMax("label/index", probability, axis: 1);
        var positions = Enumerable.Range(0, labels.Count).Select(position => (long)position).ToArray();
        var label = graph.LabelEncoder(GraphNames.Label, index, positions, labels, labels[0]);
        graph.Output(label, DataType.String, GraphNames.BatchDimension);
    }

    private static string AddIsSecond(GraphBuilder graph, string probability)
    {
        var isSecond = graph.GreaterOrEqual("label/is_second", probability, graph.Scalar(Threshold));
        return graph.Cast("label/index", graph.Squeeze("label/is_second_of_each", isSecond, 1), DataType.Int64);
    }
}
