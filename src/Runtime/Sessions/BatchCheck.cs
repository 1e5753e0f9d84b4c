using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Whether ids given from outside are a batch that the graph is made for.</summary>
internal static class BatchCheck
{
    /// <summary>The rows of a sound batch.</summary>
    /// <param name="ids">The ids, row by row.</param>
    /// <param name="sequenceLength">The ids of one row.</param>
    /// <param name="logits">How many there is room for.</param>
    /// <param name="probabilities">How many there is room for.</param>
    /// <param name="logitCount">The logits per row, and the probabilities.</param>
    /// <param name="vocabularySize">Ids are below it.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static int RowsOf(
        ReadOnlySpan<long> ids, int sequenceLength, int logits, int probabilities, int logitCount, int vocabularySize)
    {
        var (rows, rest) = Math.DivRem(logits, logitCount);
        if (sequenceLength < 1 || rows < 1 || rest > 0 || probabilities != logits
            || ids.Length != (long)rows * sequenceLength)
        {
            throw new ArgumentException(
                $"There are {ids.Length} ids in rows of {sequenceLength}, {logits} logits and {probabilities} "
                + $"probabilities, but a batch has at least one row, and for each {logitCount} of both.");
        }

        AreKnown(ids, vocabularySize);
        for (var row = 0; row < rows; row++)
        {
            CheckPadding(ids.Slice(row * sequenceLength, sequenceLength), row);
        }

        return rows;
    }

    /// <summary>Throws unless all ids are in the vocabulary.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public static void AreKnown(ReadOnlySpan<long> ids, int vocabularySize)
    {
        var outside = ids.IndexOfAnyExceptInRange(0, vocabularySize - 1);
        if (outside >= 0)
        {
            throw new ArgumentException(
                $"The id {ids[outside]} at position {outside} is not in the vocabulary, whose ids are 0 to "
                + $"{vocabularySize - 1}.",
                nameof(ids));
        }
    }

    private static void CheckPadding(ReadOnlySpan<long> ids, int row)
    {
        var length = ids.IndexOf(Vocabulary.PaddingId);
        if (length == 0 || (length > 0 && ids[length..].ContainsAnyExcept(Vocabulary.PaddingId)))
        {
            throw new ArgumentException(
                $"Row {row} is empty or has an id after its padding ({Vocabulary.PaddingId}): "
                + "padding stands on the right.",
                nameof(ids));
        }
    }
}
