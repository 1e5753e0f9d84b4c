using OnnxSentiment.Core.Models;
using OnnxSentiment.OnnxExporter.Graph;
using static OnnxSentiment.OnnxExporter.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter.Layers;

/// <summary>The name of the class, for callers that want no number.</summary>
public static class LabelOutput
{
    private const float Threshold = 0.5f;

    /// <summary>Adds the output <c>label</c>, string <c>[batch]</c>: the second label from a probability of 0.5 on.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="probability">float <c>[batch, 1]</c>.</param>
    /// <param name="labels">The two class names.</param>
    public static void Add(GraphBuilder graph, string probability, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(labels);
        var isSecond = graph.GreaterOrEqual("label/is_second", probability, graph.Scalar(Threshold));
        var index = graph.Cast("label/index", graph.Squeeze("label/is_second_of_each", isSecond, 1), DataType.Int64);
        var label = graph.LabelEncoder(GraphNames.Label, index, [0, 1], labels, labels[0]);
        graph.Output(label, DataType.String, GraphNames.BatchDimension);
    }
}
