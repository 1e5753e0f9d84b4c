using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>
/// Seeded random texts that reach the places where exported recurrent models go wrong: unequal lengths, a single token,
/// the maximum, a batch of one, more padding than needed, the vocabulary's first and last ids; and a permutation of all
/// ids, so that every row of the embedding is used.
/// </summary>
public static class ParityInputs
{
    internal const string EqualLengths = "equal lengths";
    internal const string UnequalLengths = "lengths from 1 to the maximum";

    private const int LargeBatch = 7;

    /// <summary>Makes the batches; the same arguments always give the same.</summary>
    /// <param name="seed">Starts the random numbers; reports should name it.</param>
    /// <param name="vocabularySize">Ids are below it; at least 4.</param>
    /// <param name="maximumLength">Ids of the longest text; at least 2.</param>
    /// <param name="randomBatches">Further batches of random size and lengths.</param>
    public static IReadOnlyList<NamedBatch> Create(
        int seed, int vocabularySize, int maximumLength, int randomBatches = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, Vocabulary.FirstWordId + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(randomBatches);
        var random = new Random(seed);
        List<NamedBatch> batches =
        [
            new("one text of one token", Batch([1])),
            new("one text of the maximum length", Batch([maximumLength])),
            new(EqualLengths, Batch(Enumerable.Repeat((maximumLength / 2) + 1, LargeBatch))),
            new(UnequalLengths, Batch([1, .. Lengths(LargeBatch - 2), maximumLength])),
            new("padded further than needed", Batch(Lengths(3), padTo: maximumLength + 5)),
        ];
        for (var i = 0; i < randomBatches; i++)
        {
            batches.Add(new($"random {i}", Batch(Lengths(random.Next(2, 2 * LargeBatch)))));
        }

        batches.AddRange(EveryId(random, vocabularySize, maximumLength));
        return batches;

        int[] Lengths(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, maximumLength + 1))];

        TokenBatch Batch(IEnumerable<int> lengths, int padTo = 0) =>
            TokenBatch.Pad([.. lengths.Select(length => Text(random, vocabularySize, length))], padTo);
    }

    // Last of all, so that the batches before are the same in every version: files store two of them.
    private static IEnumerable<NamedBatch> EveryId(Random random, int vocabularySize, int maximumLength)
    {
        long[] ids = [.. Enumerable.Range(Vocabulary.UnknownId, vocabularySize - Vocabulary.UnknownId)];
        random.Shuffle(ids);
        var texts = ids.Chunk(maximumLength - 1).Select(words => (long[])[Vocabulary.StartId, .. words]);
        return texts.Chunk(LargeBatch).Select(
            (chunk, part) => new NamedBatch($"every id, part {part + 1}", TokenBatch.Pad(chunk)));
    }

    // As the encoder makes them: the start id, then words. The last word is the vocabulary's last, so that an embedding
    // with a row too few shows.
    private static long[] Text(Random random, int vocabularySize, int length)
    {
        var ids = new long[length];
        for (var i = 1; i < length; i++)
        {
            ids[i] = random.Next(Vocabulary.UnknownId, vocabularySize);
        }

        if (length > 1)
        {
            ids[^1] = vocabularySize - 1;
        }

        ids[0] = Vocabulary.StartId;
        return ids;
    }
}
