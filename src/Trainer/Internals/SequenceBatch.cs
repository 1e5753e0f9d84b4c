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
    private static readonly Scalar Padding = Vocabulary.PaddingId;

    private SequenceBatch(int[] lengths, Tensor ids, Tensor mask, Tensor reversed, Tensor last)
    {
        Lengths = lengths;
        Ids = ids;
        Mask = mask;
        ReversedPositions = reversed;
        LastPositions = last;
    }

    /// <summary>Tokens of each text.</summary>
    internal int[] Lengths { get; }

    /// <summary>Token ids, int64 <c>[sequence, batch]</c>.</summary>
    internal Tensor Ids { get; }

    /// <summary>True at tokens, false at padding; <c>[sequence, batch, 1]</c>.</summary>
    internal Tensor Mask { get; }

    /// <summary>For each step the position that a reading from the text's end has there; <c>[sequence, batch, 1]</c>.</summary>
    private Tensor ReversedPositions { get; }

    /// <summary>The position of each text's last token; <c>[1, batch, 1]</c>.</summary>
    private Tensor LastPositions { get; }

    /// <summary>Makes the tensors; they belong to the dispose scope around the call.</summary>
    internal static SequenceBatch From(TokenBatch batch)
    {
        var (steps, count) = (batch.SequenceLength, batch.Count);
        var lengths = batch.Lengths.Span;
        var ids = new long[steps * count];
        var reversed = new long[steps * count];
        var last = new long[count];
        for (var row = 0; row < count; row++)
        {
            var text = batch[row];
            last[row] = lengths[row] - 1;
            for (var step = 0; step < steps; step++)
            {
                var isToken = step < lengths[row];
                ids[(step * count) + row] = isToken ? text[step] : Vocabulary.PaddingId;
                reversed[(step * count) + row] = isToken ? lengths[row] - 1 - step : step;
            }
        }

        var idTensor = tensor(ids, [steps, count]);
        return new SequenceBatch(
            lengths.ToArray(),
            idTensor,
            idTensor.ne(Padding).unsqueeze(-1),
            tensor(reversed, [steps, count, 1]),
            tensor(last, [1, count, 1]));
    }

    /// <summary>Reverses each text within its own length; padding stays where it is. Its own inverse.</summary>
    /// <param name="steps"><c>[sequence, batch, features]</c></param>
    internal Tensor Reverse(Tensor steps) => steps.gather(0, ReversedPositions.expand(-1, -1, steps.shape[2]));

    /// <summary>The features at each text's last token, <c>[batch, features]</c>.</summary>
    /// <param name="steps"><c>[sequence, batch, features]</c></param>
    internal Tensor Last(Tensor steps) => steps.gather(0, LastPositions.expand(-1, -1, steps.shape[2])).squeeze(0);
}
