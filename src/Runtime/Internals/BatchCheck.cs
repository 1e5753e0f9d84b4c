using OnnxSentiment.Core.Text;

namespace OnnxSentiment.Runtime.Internals;

/// <summary>Whether ids given from outside are a batch that the graph is made for.</summary>
internal static class BatchCheck
{
    public static void Check(
        ReadOnlySpan<long> ids, int sequenceLength, int logits, int probabilities, int vocabularySize)
    {
        if (sequenceLength < 1 || logits < 1 || probabilities != logits || ids.Length != (long)logits * sequenceLength)
        {
            throw new ArgumentException(
                $"There are {ids.Length} ids in rows of {sequenceLength}, {logits} logits and {probabilities} probabilities, but a batch has at least one row and a logit and a probability for each.");
        }

        var outside = ids.IndexOfAnyExceptInRange(0, vocabularySize - 1);
        if (outside >= 0)
        {
            throw new ArgumentException(
                $"The id {ids[outside]} at position {outside} is not in the vocabulary, whose ids are 0 to {vocabularySize - 1}.",
                nameof(ids));
        }

        for (var row = 0; row < logits; row++)
        {
            CheckPadding(ids.Slice(row * sequenceLength, sequenceLength), row);
        }
    }

    private static void CheckPadding(ReadOnlySpan<long> ids, int row)
    {
        var length = ids.IndexOf(Vocabulary.PaddingId);
        if (length == 0 || (length > 0 && ids[length..].ContainsAnyExcept(Vocabulary.PaddingId)))
        {
            throw new ArgumentException(
                $"Row {row} is empty or has an id after its padding ({Vocabulary.PaddingId}): padding stands on the right.",
                nameof(ids));
        }
    }
}
