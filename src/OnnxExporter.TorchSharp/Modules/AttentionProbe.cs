using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Finds out options that libtorch holds in native code, without a way to ask, by computing what a module computes with
/// each of the few that are possible: with weights that are made for this, one alone gives its result.
/// </summary>
internal static class AttentionProbe
{
    private const long Steps = 6;

    // One is enough, unless vectors are so short that activations agree by chance.
    private const int Trials = 8;

    // Far above rounding and far below what another number of heads changes.
    private const double Tolerance = 1e-3;

    // Large enough that heads look at different steps; small scores would make all of them equal.
    private const double Spread = 3;

    /// <summary>The number of heads of an attention, or null where none explains what it computes.</summary>
    internal static int? HeadsOf(
        global::TorchSharp.Modules.MultiheadAttention attention, AttentionParameters parameters)
    {
        using var scope = NewDisposeScope();
        using var weights = TemporaryWeights.Random(attention);
        return Only(parameters.PossibleHeads, random =>
        {
            var (query, key) = (Input(random, parameters.Query), Input(random, parameters.Key));
            var value = Input(random, parameters.Value);
            var expected = attention.call(query, key, value).Item1;
            return heads => Explains(parameters.Attend(heads, query, key, value), expected);
        });
    }

    /// <summary>
    /// The options that all layers of an encoder share, or null where not just one choice explains what it computes.
    /// </summary>
    internal static EncoderOptions? OptionsOf(
        nn.Module module, IReadOnlyList<EncoderLayerParameters> layers, Func<Tensor, Tensor> apply)
    {
        using var scope = NewDisposeScope();
        using var weights = TemporaryWeights.Random(module);
        var possible = layers[0].Attention.PossibleHeads
            .SelectMany(heads => (EncoderOptions[])[new(heads, UsesGelu: false), new(heads, UsesGelu: true)]);
        return Only(possible, random =>
        {
            var x = Input(random, layers[0].Attention.Query);
            var expected = apply(x);
            return options => Explains(layers.Aggregate(x, (y, layer) => layer.Apply(options, y)), expected);
        });
    }

    private static Tensor Input(Random random, LinearParameters reads) =>
        (NormalNumbers.Create(random, Steps, 1, reads.Weight.shape[1]) * Spread)
            .to(reads.Weight.dtype, reads.Weight.device);

    // The one candidate that explains the results of all trials.
    private static T? Only<T>(IEnumerable<T> possible, Func<Random, Func<T, bool>> begin)
        where T : struct
    {
        T[] left = [.. possible.Where(begin(new Random(0)))];
        for (var trial = 1; trial < Trials && left.Length > 1; trial++)
        {
            left = [.. left.Where(begin(new Random(trial)))];
        }

        return left is [var only] ? only : null;
    }

    private static bool Explains(Tensor actual, Tensor expected) =>
        Largest(actual - expected) <= Tolerance * (1 + Largest(expected));

    private static double Largest(Tensor x) => x.abs().max().to(ScalarType.Float64).item<double>();
}
