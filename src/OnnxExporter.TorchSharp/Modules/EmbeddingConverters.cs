using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Vectors of ids.</summary>
internal static class EmbeddingConverters
{
    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<Embedding>(
            new("ids, Int64 or Int32 of any shape", "any; max_norm is applied to the stored vectors", "", "Gather"),
            AddEmbedding),
        new(
            typeof(EmbeddingBag),
            new(
                "ids, Int64 or Int32 `[batch, bag]`",
                "mode sum, mean and max; padding_index; max_norm is applied to the stored vectors",
                "one list of ids with offsets, include_last_offset, per_sample_weights",
                "Gather, ReduceSum, ReduceMean or ReduceMax; Equal, Not, Where where there is a padding_index"),
            [new("input")],
            [ModuleConverter.SingleOutput],
            (scope, module, inputs) => [scope.Value(AddBag(scope, (EmbeddingBag)module, inputs[0]!))],
            (module, inputs) => [((EmbeddingBag)module).call(inputs[0]!)]),
    ];

    private static string AddEmbedding(OnnxScope scope, Embedding embedding, OnnxValue ids)
    {
        RequireIds(scope, ids);
        using var _ = NewDisposeScope();
        var vectors = embedding.call(arange(embedding.weight!.shape[0], ScalarType.Int64, embedding.weight.device));
        return EmbeddingLayer.Add(scope.Graph, scope.Name, scope.Weight("weight", vectors), ids.Name);
    }

    private static void RequireIds(OnnxScope scope, OnnxValue ids)
    {
        if (ids.Type is not (ScalarType.Int64 or ScalarType.Int32))
        {
            throw scope.Wrong($"its input is {ids}, but ids, Int64 or Int32, were expected");
        }
    }

    private static string AddBag(OnnxScope scope, EmbeddingBag bag, OnnxValue ids)
    {
        RequireIds(scope, ids);
        scope.RequireRank(ids, "[batch, bag]", 2);
        using var _ = NewDisposeScope();
        if (BagProbe.LeavesOutABag(bag))
        {
            throw scope.Unsupported(
                "with include_last_offset libtorch takes the last bag of [batch, bag] for an end and leaves it out");
        }

        var (reduction, padding) = BagProbe.OptionsOf(bag)
            ?? throw scope.Unsupported("what it makes of a bag is neither sum nor mean nor max of its vectors");
        var vectors = scope.Weight("weight", BagProbe.VectorsOf(bag));
        return EmbeddingBagLayer.Add(scope.Graph, scope.Name, vectors, ids.Name, reduction, padding);
    }
}
