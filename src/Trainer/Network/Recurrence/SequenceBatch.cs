using OnnxSentiment.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer;

/// <summary>
/// One batch of ids as tensors, time first, and what is needed to keep padding out of every result.
/// </summary>
internal sealed class SequenceBatch
{
    // Kept: TorchSharp does not hold on to a number that it converts while libtorch still needs it.
    private static readonly Scalar Padding = Vocabulary.PaddingId, One = 1L;

    private readonly Tensor _lengths;
    private readonly Lazy<Tensor> _reversed;

    private SequenceBatch(int[] lengths, Tensor ids)
    {
        Lengths = lengths;
        Ids = ids;
        Mask = ids.ne(Padding).unsqueeze(-1);
        _lengths = tensor(Array.ConvertAll(lengths, length => (long)length), [1, lengths.Length, 1]);
        _reversed = new Lazy<Tensor>(ReversedPositions, LazyThreadSafetyMode.None);
    }

    /// <summary>Tokens of each text.</summary>
    internal int[] Lengths { get; }

    /// <summary>Token ids, int64 <c>[sequence, batch]</c>.</summary>
    internal Tensor Ids { get; }

    /// <summary>True at tokens, false at padding; <c>[sequence, batch, 1]</c>.</summary>
    internal Tensor Mask { get; }

    /// <summary>Makes the tensors; they belong to the dispose scope around the call.</summary>
    internal static SequenceBatch From(TokenBatch batch)
    {
        using var rows = tensor(batch.Ids.ToArray(), [batch.Count, batch.SequenceLength]);
        using var steps = rows.t();
        return new SequenceBatch(batch.Lengths.ToArray(), steps.contiguous());
    }

    /// <summary>Reverses each text within its own length; padding stays where it is. Its own inverse.</summary>
    /// <param name="steps"><c>[sequence, batch, features]</c></param>
    internal Tensor Reverse(Tensor steps) => steps.gather(0, _reversed.Value.expand(-1, -1, steps.shape[2]));

    /// <summary>The features at each text's last token, <c>[batch, features]</c>.</summary>
    /// <param name="steps"><c>[sequence, batch, features]</c></param>
    internal Tensor Last(Tensor steps) => steps.gather(0, (_lengths - One).expand(-1, -1, steps.shape[2])).squeeze(0);

    // For each step the position that a reading from the text's end has there; [sequence, batch, 1].
    private Tensor ReversedPositions()
    {
        var steps = arange(Ids.shape[0], int64).view(-1, 1, 1);
        return where(Mask, _lengths - One - steps, steps);
    }
}
