using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.AttributeProto.Types;

namespace OnnxSentiment.Onnx;

/// <summary>The constants of a model, wherever a tool has put them.</summary>
internal static class ModelConstants
{
    /// <summary>
    /// Initializers and the tensors of <c>Constant</c> nodes, in the graph, in those inside its nodes, and in
    /// functions.
    /// </summary>
    internal static IEnumerable<TensorProto> Of(ModelProto model) =>
        Of(model.Graph ?? new GraphProto()).Concat(model.Functions.SelectMany(function => Of(function.Node)));

    /// <summary>The numbers of a constant, 0 where its shape is impossible.</summary>
    internal static long CountOf(TensorProto tensor) => Dimensions.Product(tensor.Dims) ?? 0;

    private static IEnumerable<TensorProto> Of(GraphProto graph) => graph.Initializer.Concat(Of(graph.Node));

    private static IEnumerable<TensorProto> Of(IEnumerable<NodeProto> nodes) =>
        nodes.SelectMany(node => node.Attribute.SelectMany(attribute => Of(node, attribute)));

    private static IEnumerable<TensorProto> Of(NodeProto node, AttributeProto attribute)
    {
        if (node.OpType == "Constant" && ValueOf(attribute) is { } value)
        {
            yield return value;
        }

        var graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);
        foreach (var tensor in graphs.SelectMany(Of))
        {
            yield return tensor;
        }
    }

    private static TensorProto? ValueOf(AttributeProto attribute) => attribute.Type switch
    {
        AttributeType.Tensor => attribute.T,
        AttributeType.Int or AttributeType.Float => new TensorProto(),
        AttributeType.Ints => new TensorProto { Dims = { attribute.Ints.Count } },
        AttributeType.Floats => new TensorProto { Dims = { attribute.Floats.Count } },
        _ => null,
    };
}
