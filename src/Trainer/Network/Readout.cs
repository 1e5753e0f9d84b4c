using OnnxSentiment.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Turns the states of all steps into one vector a text; padding takes no part. See <see cref="ReadoutKind"/>.
/// </summary>
internal sealed class Readout : Module
{
    // Kept: TorchSharp does not hold on to a number that it converts while libtorch, which first copies the states,
    // still needs it.
    private static readonly Scalar Lowest = float.NegativeInfinity;

    private readonly Linear? _projection;
    private readonly Linear? _context;

    internal Readout(ModelConfig config)
        : base(nameof(Readout))
    {
        Kind = config.Readout;
        if (Kind == ReadoutKind.Attention)
        {
            _projection = Linear(config.OutputSize, config.OutputSize);
            _context = Linear(config.OutputSize, 1, hasBias: false);
        }

        RegisterComponents();
    }

    /// <summary>The parameters by the names that checkpoints use.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> NamedWeights() =>
        _projection is null || _context is null ? [] :
        [
            (WeightNames.AttentionProjection, _projection.weight),
            (WeightNames.AttentionProjectionBias, _projection.bias!),
            (WeightNames.AttentionContext, _context.weight),
        ];

    internal ReadoutKind Kind { get; }

    /// <summary>
    /// One vector a text from the states of the top layer. <see cref="ReadoutKind.Last"/> needs no readout.
    /// </summary>
    /// <param name="states"><c>[sequence, batch, features]</c>, finite at padding.</param>
    /// <param name="batch">Which steps are tokens.</param>
    /// <returns><c>[batch, readout]</c></returns>
    internal Tensor Read(Tensor states, SequenceBatch batch) => Kind switch
    {
        ReadoutKind.Max => Max(states, batch),
        ReadoutKind.Mean => Mean(states, batch),
        ReadoutKind.MaxMean => MaxMean(states, batch),
        ReadoutKind.Attention => Attention(states, batch),
        _ => throw new InvalidOperationException($"The readout {Kind} does not read all states."),
    };

    /// <summary>The mean of each component over a text's steps, <c>[batch, features]</c>.</summary>
    internal static Tensor Mean(Tensor states, SequenceBatch batch)
    {
        var mask = batch.Mask.to_type(states.dtype);
        return (states * mask).sum([0L]) / mask.sum([0L]);
    }

    private static Tensor Max(Tensor states, SequenceBatch batch) =>
        states.masked_fill(batch.Mask.logical_not(), Lowest).amax([0]);

    private static Tensor MaxMean(Tensor states, SequenceBatch batch) =>
        cat([Max(states, batch), Mean(states, batch)], -1);

    private Tensor Attention(Tensor states, SequenceBatch batch)
    {
        var scores = _context!.call(_projection!.call(states).tanh());
        var weights = scores.masked_fill(batch.Mask.logical_not(), Lowest).softmax(0);
        return (weights * states).sum([0L]);
    }
}
