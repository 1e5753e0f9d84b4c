namespace OnnxSentiment.Core;

/// <summary>
/// Encoded texts of unequal length side by side: the input of every computation of the model. Immutable.
/// </summary>
public sealed class TokenBatch
{
    private readonly long[] _ids;
    private readonly int[] _lengths;

    private TokenBatch(long[] ids, int[] lengths, int sequenceLength)
    {
        _ids = ids;
        _lengths = lengths;
        SequenceLength = sequenceLength;
    }

    /// <summary>The number of texts.</summary>
    public int Count => _lengths.Length;

    /// <summary>The number of ids in a padded row: the length of the longest text, unless more was asked for.</summary>
    public int SequenceLength { get; }

    /// <summary>All ids, row by row, shape <c>[Count, SequenceLength]</c>, padded on the right.</summary>
    public ReadOnlyMemory<long> Ids => _ids;

    /// <summary>The number of ids before the padding, for each text; shape <c>[Count]</c>.</summary>
    public ReadOnlyMemory<int> Lengths => _lengths;

    /// <summary>The ids of one text without its padding.</summary>
    public ReadOnlySpan<long> this[int row] => _ids.AsSpan(row * SequenceLength, _lengths[row]);

    /// <summary>Pads encoded texts to one length.</summary>
    /// <param name="texts">At least one text, each of at least one id, none of them the padding id.</param>
    /// <param name="minimumSequenceLength">Pads further, to at least this length: results may not depend on it.</param>
    /// <exception cref="ArgumentException">There is no text, or one is empty or holds the padding id.</exception>
    public static TokenBatch Pad(IReadOnlyList<long[]> texts, int minimumSequenceLength = 0)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
        {
            throw new ArgumentException("A batch has at least one text.", nameof(texts));
        }

        var lengths = texts.Select(text => text.Length).ToArray();
        var sequenceLength = Math.Max(lengths.Max(), minimumSequenceLength);
        var ids = new long[checked(texts.Count * sequenceLength)];
        for (var row = 0; row < texts.Count; row++)
        {
            if (lengths[row] == 0 || texts[row].AsSpan().Contains(Vocabulary.PaddingId))
            {
                throw new ArgumentException(
                    $"Text {row} is empty or holds the padding id {Vocabulary.PaddingId}.", nameof(texts));
            }

            texts[row].CopyTo(ids, row * sequenceLength);
        }

        return new TokenBatch(ids, lengths, sequenceLength);
    }
}
