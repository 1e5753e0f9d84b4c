using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Internals.Converters;

/// <summary>
/// Finds out options that libtorch holds in native code, without a way to ask, by computing what a module computes with each
/// of the few that are possible: one alone gives its result.
/// </summary>
internal static class AttentionProbe
{
    private const int Seed = 1;
    private const long Steps = 6;

    // Far above rounding and far below what another number of heads changes.
    private const double Tolerance = 1e-3;

    // Large enough that heads look at different steps; small scores would make all of them equal.
    private const double Spread = 3;

    /// <summary>The number of heads of an attention, or null where none explains what it computes.</summary>
    internal static int? HeadsOf(global::TorchSharp.Modules.MultiheadAttention attention, AttentionParameters parameters)
    {
        using var _ = NewDisposeScope();
        var random = new Random(Seed);
        var query = Input(random, parameters.Query);
        var key = Input(random, parameters.Key);
        var value = Input(random, parameters.Value);
        var expected = attention.call(query, key, value).Item1;
        return Best(parameters.PossibleHeads, heads => parameters.Attend(heads, query, key, value), expected);
    }

    /// <summary>The options that all layers of an encoder share, or null where none explain what it computes.</summary>

    internal static EncoderOptions? OptionsOf(IReadOnlyList<EncoderLayerParameters> layers, Func<Tensor, Tensor> apply)
    {
        using var _ = NewDisposeScope();
        var x = Input(new Random(Seed), layers[0].Attention.Query);
        var possible = layers[0].Attention.PossibleHeads.SelectMany(heads => (EncoderOptions[])[new(heads, false), new(heads, true)]);
        return Best(possible, options => layers.Aggregate(x, (y, layer) => layer.Apply(options, y)), apply(x));
    }

    private static Tensor Input(Random random, LinearParameters reads) =>
        (NormalNumbers.Create(random, Steps, 1, reads.Weight.shape[1]) * Spread).to(reads.Weight.device);

    private static T? Best<T>(IEnumerable<T> possible, Func<T, Tensor> compute, Tensor expected)
        where T : struct
    {
        var (best, error) = possible.Select(candidate => (candidate, Error(candidate))).MinBy(pair => pair.Item2);
        return error <= Tolerance * (1 + expected.abs().max().item<float>()) ? best : null;

        float Error(T candidate) => (compute(candidate) - expected).abs().max().item<float>();
    }
}
