using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.OnnxExporter;

/// <summary>How the vectors of a bag become one.</summary>
internal enum BagReduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest value of each component.</summary>
    Max,
}

/// <summary>Looks up the vectors of a bag of ids and makes one vector of them.</summary>
internal static class EmbeddingBagLayer
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Prefix of all names.</param>
    /// <param name="weights">The vectors <c>[vocabulary, embedding]</c>.</param>
    /// <param name="ids">The ids, int32 or int64 <c>[batch, bag]</c>.</param>
    /// <param name="reduction">What to make of the vectors.</param>
    /// <param name="paddingId">The id that does not count, or null for none; a bag of nothing else gives zeros.</param>
    /// <returns><c>[batch, embedding]</c></returns>
    public static string Add(
        GraphBuilder graph, string name, TensorProto weights, string ids, BagReduction reduction, long? paddingId)
    {
        var vectors = EmbeddingLayer.Add(graph, $"{name}/vectors", weights, ids);
        return paddingId is { } padding
            ? AddMasked(graph, name, vectors, AddIsToken(graph, name, ids, padding), reduction)
            : Reduce(graph, name, vectors, reduction);
    }

    private static string Reduce(GraphBuilder graph, string name, string vectors, BagReduction reduction) =>
        reduction switch
        {
            BagReduction.Sum => graph.ReduceSum(name, vectors, axis: 1),
            BagReduction.Mean => graph.ReduceMean(name, vectors, axis: 1),
            BagReduction.Max => graph.ReduceMax(name, vectors, axis: 1),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "Unknown reduction."),
        };

    private static string AddIsToken(GraphBuilder graph, string name, string ids, long padding)
    {
        var wide = graph.ElementOf(ids) == DataType.Int64 ? ids : graph.Cast($"{name}/int64_ids", ids, DataType.Int64);
        var isPadding = graph.Equal($"{name}/is_padding", wide, graph.Scalar(padding));
        return graph.Unsqueeze($"{name}/mask", graph.Not($"{name}/is_token", isPadding), 2);
    }

    private static string AddMasked(
        GraphBuilder graph, string name, string vectors, string mask, BagReduction reduction)
    {
        var counts = graph.ReduceSum($"{name}/counts", graph.Cast($"{name}/ones", mask, DataType.Float), axis: 1);
        if (reduction == BagReduction.Max)
        {
            var kept = graph.Where($"{name}/kept", mask, vectors, graph.Scalar(Pooling.Lowest));
            var largest = Reduce(graph, $"{name}/largest", kept, reduction);
            var hasToken = graph.Greater($"{name}/has_token", counts, graph.Scalar(0f));
            return graph.Where(name, hasToken, largest, graph.Scalar(0f));
        }

        var masked = graph.Where($"{name}/kept", mask, vectors, graph.Scalar(0f));
        if (reduction == BagReduction.Sum)
        {
            return Reduce(graph, name, masked, reduction);
        }

        var sum = Reduce(graph, $"{name}/sum", masked, BagReduction.Sum);
        return graph.Div(name, sum, graph.Max($"{name}/divisor", counts, graph.Scalar(1f)));
    }
}
