using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.OnnxExporter;

/// <summary>A bag of words with one hidden layer: the mean of a text's word vectors, a bias, ReLU.</summary>
internal static class Bag
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="bias">b <c>[embedding]</c>.</param>
    /// <param name="vectors">The word vectors <c>[sequence, batch, embedding]</c>.</param>
    /// <param name="padding">Which steps count.</param>
    /// <returns><c>[batch, embedding]</c></returns>
    public static string Add(GraphBuilder graph, string name, TensorProto bias, string vectors, PaddingMask padding)
    {
        var mean = Pooling.AddMean(graph, $"{name}/mean", vectors, padding);
        return graph.Relu(name, graph.Add($"{name}/sum", mean, graph.Initializer(bias)));
    }
}
