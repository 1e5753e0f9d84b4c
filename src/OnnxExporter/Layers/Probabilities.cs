using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter;

/// <summary>Turns logits into probabilities, as <see cref="LabelScores"/> says.</summary>
internal static class Probabilities
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="logits">float <c>[batch, outputs]</c>.</param>
    /// <param name="outputs">1 for the log-odds of one label, else the number of labels.</param>
    /// <returns>The probabilities <c>[batch, outputs]</c>, named <c>probability</c>.</returns>
    public static string Add(GraphBuilder graph, string logits, int outputs)
    {
        return outputs == 1
            ? graph.Sigmoid(GraphNames.Probability, logits)
            : graph.Softmax(GraphNames.Probability, logits, axis: -1);
    }
}
