using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Finds out what a bag does by applying it: TorchSharp keeps its mode and its padding index in native code and has no
/// way to ask.
/// </summary>
internal sealed class BagProbe
{
    private const ulong Seed = 1;

    // Of the largest number: far above rounding and far below what another reduction changes.
    private const double Tolerance = 1e-4;

    private static readonly BagReduction[] Reductions = Enum.GetValues<BagReduction>();

    private readonly global::TorchSharp.Modules.EmbeddingBag _bag;
    private readonly long _count;
    private readonly Tensor _vectors;

    private BagProbe(global::TorchSharp.Modules.EmbeddingBag bag)
    {
        _bag = bag;
        _count = bag.weight!.shape[0];
        _vectors = VectorsOf(bag);
    }

    /// <summary>
    /// The vectors <c>[vocabulary, embedding]</c>. Each is looked up once, so that a max_norm has been applied to all
    /// of them.
    /// </summary>
    internal static Tensor VectorsOf(global::TorchSharp.Modules.EmbeddingBag bag)
    {
        bag.call(arange(bag.weight!.shape[0], ScalarType.Int64, bag.weight.device).unsqueeze(1));
        return bag.weight.detach().cpu();
    }

    /// <summary>The reduction and the padding index that explain what the bag does, or null where none does.</summary>
    internal static (BagReduction Reduction, long? Padding)? OptionsOf(global::TorchSharp.Modules.EmbeddingBag bag)
    {
        using var scope = NewDisposeScope();
        using var weights = new TemporaryWeights(bag, own => KnownVectors(own.shape));
        return new BagProbe(bag).Find();
    }

    /// <summary>
    /// Whether the bag was made with include_last_offset. This has to be asked first, and with two bags: of a single
    /// one libtorch then reads memory that is not there.
    /// </summary>
    internal static bool LeavesOutABag(global::TorchSharp.Modules.EmbeddingBag bag) =>
        bag.call(zeros([2, 1], ScalarType.Int64, bag.weight!.device)).shape[0] < 2;

    // All above zero but the first, which is below, so that an id that does not count changes each reduction.
    private static Tensor KnownVectors(long[] shape)
    {
        using var generator = new Generator(Seed);
        var vectors = rand(shape, generator: generator) + 1;
        vectors[0] = -vectors[0];
        return vectors;
    }

    private (BagReduction Reduction, long? Padding)? Find()
    {
        foreach (var reduction in Reductions)
        {
            var odd = Odd(reduction, partner: 0);
            if (odd.Count == 0)
            {
                return (reduction, null);
            }

            // The id that does not count spoils its own bag, or as the partner those of the others.
            foreach (var padding in (long[])[odd[0], 0])
            {
                if (Explains(reduction, padding, partner: padding == 0 ? 1 : 0))
                {
                    return (reduction, padding);
                }
            }
        }

        return null;
    }

    // The ids whose bag, of the id twice and the partner once, is not the reduction of all three.
    private List<long> Odd(BagReduction reduction, long partner) =>
        Different(Apply(partner), Expected(reduction, partner));

    private bool Explains(BagReduction reduction, long padding, long partner)
    {
        if (_count < 2)
        {
            return false;
        }

        var expected = Expected(reduction, partner);
        expected[padding] = _vectors[partner];
        return Different(Apply(partner), expected).Count == 0;
    }

    private Tensor Apply(long partner) =>
        _bag.call(Ids(Enumerable.Range(0, (int)_count).SelectMany(id => (long[])[id, id, partner]), 3)).cpu();

    private Tensor Expected(BagReduction reduction, long partner) => reduction switch
    {
        BagReduction.Sum => (2 * _vectors) + _vectors[partner],
        BagReduction.Mean => ((2 * _vectors) + _vectors[partner]) / 3,
        _ => maximum(_vectors, _vectors[partner].expand_as(_vectors)),
    };

    private static List<long> Different(Tensor actual, Tensor expected)
    {
        var difference = (actual - expected).abs().amax([1L]);
        return [.. difference.gt(Tolerance * expected.abs().max()).nonzero().flatten().data<long>()];
    }

    private Tensor Ids(IEnumerable<long> ids, long columns) =>
        tensor(ids.ToArray()).reshape(-1, columns).to(_bag.weight!.device);
}
